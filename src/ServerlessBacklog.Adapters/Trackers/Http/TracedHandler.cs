using System.Diagnostics;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>A span for each request as it goes to the network: where and how it ended. Queries, headers and bodies are left out.</summary>
internal sealed class TracedHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var span = Tracing.Begin($"{request.Method} {request.RequestUri?.Host}", ActivityKind.Client);
        span?.SetTag("http.request.method", request.Method.Method)
            .SetTag("server.address", request.RequestUri?.Host)
            .SetTag("server.port", request.RequestUri?.Port)
            .SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Path));
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            span?.SetTag("http.response.status_code", (int)response.StatusCode);
            if ((int)response.StatusCode >= 400)
                span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", $"{(int)response.StatusCode}");
            return response;
        }
        catch (Exception fault)
        {
            span?.Fail(fault);
            throw;
        }
    }

    /// <summary>The network belongs to <see cref="PoliteHttp"/>.</summary>
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}
