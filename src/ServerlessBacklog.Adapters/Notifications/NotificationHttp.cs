using System.Net;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications;

/// <summary>
/// Sends a request once: no retry, no redirect, no second connection. What went wrong is told by its kind alone, because addresses of webhooks are secrets and
/// answers may repeat what was sent. The client is made here, not by a factory, whose handlers would log addresses.
/// </summary>
internal sealed class NotificationHttp : IDisposable
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient client;

    public NotificationHttp()
        : this(DefaultTimeout)
    {
    }

    public NotificationHttp(TimeSpan timeout) => client = new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // No trace of ours goes to a chat.
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = timeout,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    /// <param name="gone">Statuses by which the service says that the address itself is no good.</param>
    /// <param name="mendable">Statuses that somebody who runs this host can mend, so that the message is worth another try.</param>
    /// <param name="goneWord">A word in the answer to a wrong request that says the same; null for none.</param>
    public async Task<SendResult> SendAsync(
        HttpRequestMessage request, string service, IReadOnlyCollection<HttpStatusCode> gone, IReadOnlyCollection<HttpStatusCode> mendable, CancellationToken cancellation, string? goneWord = null)
    {
        request.Headers.ConnectionClose = true;
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            var isGone = goneWord is not null && answer.StatusCode == HttpStatusCode.BadRequest && (await answer.Content.ReadAsStringAsync(cancellation)).Contains(goneWord, StringComparison.Ordinal);
            return Of(answer, service, isGone ? [answer.StatusCode] : gone, mendable);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new SendResult(SendOutcome.Later, $"{service} was not reached.");
        }
        catch (HttpRequestException)
        {
            return new SendResult(SendOutcome.Unknown, $"{service} did not answer what was sent.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Unknown, $"{service} did not answer in time.");
        }
    }

    private static SendResult Of(HttpResponseMessage answer, string service, IReadOnlyCollection<HttpStatusCode> gone, IReadOnlyCollection<HttpStatusCode> mendable)
    {
        var status = (int)answer.StatusCode;
        return answer.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => new SendResult(SendOutcome.Sent),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new SendResult(SendOutcome.Later, $"{service} asked to come again later ({status}).", RetryAfter(answer)),
            var code when mendable.Contains(code) => new SendResult(SendOutcome.Later, $"{service} does not let this host send ({status})."),
            var code when gone.Contains(code) => new SendResult(SendOutcome.Refused, $"{service} knows no such address any more ({status}).") { IsGone = true },
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new SendResult(SendOutcome.Refused, $"{service} points elsewhere ({status}), and is not followed.") { IsGone = true },
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.RequestTimeout => new SendResult(SendOutcome.Refused, $"{service} refused the message ({status})."),
            _ => new SendResult(SendOutcome.Unknown, $"{service} failed on what was sent ({status})."),
        };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } pause } => pause,
        { Date: { } at } when answer.Headers.Date is { } now => at - now > TimeSpan.Zero ? at - now : TimeSpan.Zero,
        _ => null,
    };

    public void Dispose() => client.Dispose();
}
