using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Octokit;
using Octokit.Internal;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;
using ProductHeaderValue = System.Net.Http.Headers.ProductHeaderValue;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Api;

/// <summary>GitHub in the name of one account: Octokit for the calls that it has, plain requests for the others, both over one handler.</summary>
internal sealed class GitHubConnection : IDisposable
{
    private const int LongestAnswer = 64 * 1024 * 1024;
    private const int MostRedirections = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient http;
    private readonly TimeProvider time;

    /// <param name="handler">Adds the credentials; lives as long as the process.</param>
    public GitHubConnection(GitHubAddress address, HttpMessageHandler handler, bool isAnonymous, TimeProvider time)
    {
        (Address, IsAnonymous, this.time) = (address, isAnonymous, time);
        http = new HttpClient(handler, disposeHandler: false) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("ServerlessBacklog", "0.1")));
        http.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
        var connection = new Connection(
            new Octokit.ProductHeaderValue("ServerlessBacklog", "0.1"), address.Rest, new InMemoryCredentialStore(Credentials.Anonymous),
            new HttpClientAdapter(() => handler), new SimpleJsonSerializer());
        connection.SetRequestTimeout(Patience);
        Octokit = new GitHubClient(connection);
    }

    public GitHubAddress Address { get; }

    public bool IsAnonymous { get; }

    public GitHubClient Octokit { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public void Dispose() => http.Dispose();

    /// <summary>Reads an address: one relative to the base, or one that GitHub gave us.</summary>
    public Task<Reply> GetAsync(string address, CancellationToken cancellation) => SendAsync(HttpMethod.Get, address, null, RequestKind.Read, cancellation);

    public Task<Reply> SendAsync(HttpMethod method, string address, object? body, RequestKind kind, CancellationToken cancellation) =>
        SendAsync(method, new Uri(Address.Rest, address), body, kind, cancellation);

    public async Task<Reply> SendAsync(HttpMethod method, Uri address, object? body, RequestKind kind, CancellationToken cancellation)
    {
        for (var hop = 0; ; hop++)
        {
            if (!Address.IsOurs(address))
                throw new UserErrorException($"GitHub points to another host ({address.Host}): nothing was sent there. Look at GitHub:ApiBaseUrl.");
            using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : Serialize(body) }.As(kind);
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is { } location && hop < MostRedirections)
            {
                address = new Uri(address, location);
                continue;
            }

            return new Reply(response.StatusCode, await ReadAsync(response, cancellation), response.Headers);
        }
    }

    /// <exception cref="UserErrorException">It may not be seen, or something else that the user can mend.</exception>
    public async Task<Reply> DemandAsync(string address, string what, CancellationToken cancellation)
    {
        var reply = await GetAsync(address, cancellation);
        return reply.IsSuccess ? reply : throw GitHubErrors.Of(reply, what, Now);
    }

    private static ByteArrayContent Serialize(object body)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (bytes.Length == 0)
            return default;
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.Clone();
        }
        catch (JsonException) when (!response.IsSuccessStatusCode)
        {
            // Proxies and overload pages answer in HTML.
            return default;
        }
        catch (JsonException error)
        {
            throw new HttpRequestException("GitHub's answer is not JSON.", error);
        }
    }
}
