using System.Net;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>
/// Adds the credentials to what goes to our GitHub, and lets nothing go anywhere else. A 401 costs the token: one more try is made with a
/// new one, which is safe for writes too, because nothing was done.
/// </summary>
internal sealed class AuthHandler : DelegatingHandler
{
    private readonly ITokenSource source;
    private readonly GitHubAddress address;

    public AuthHandler(ITokenSource source, GitHubAddress address, HttpMessageHandler inner)
        : base(inner) => (this.source, this.address) = (source, address);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is null || !address.IsOurs(request.RequestUri))
            throw new UserErrorException($"GitHub points to another host ({request.RequestUri?.Host}): nothing was sent there. Look at GitHub:ApiBaseUrl.");
        // Read once, so that a second try can send it again.
        if (request.Content is not null)
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        request.Headers.Authorization = await source.GetAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || request.Headers.Authorization is not { } refused || !source.Drop(refused))
            return response;
        response.Dispose();
        request.Headers.Authorization = await source.GetAsync(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
