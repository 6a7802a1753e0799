using System.Net;
using System.Text;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>Calls the host as a service hook would, with a body that no host can take for an event: an answer about the body means that the secret was taken.</summary>
internal static class HookProbe
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    /// <param name="url">As the user gave it: the secret goes nowhere else, and no redirect is followed.</param>
    public static async Task<SetupFinding> AskAsync(Uri url, string secret, CancellationToken cancellation)
    {
        var host = url.GetLeftPart(UriPartial.Authority);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = AnswerWithin };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent("connect", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(HookSecrets.Header, secret);
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return Finding(host, answer.StatusCode, IsOurs(await answer.Content.ReadAsStringAsync(cancellation)));
        }
        catch (HttpRequestException fault)
        {
            return Silent(host, fault.GetBaseException().Message.TrimEnd('.'));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Silent(host, "no answer in time");
        }
    }

    private static SetupFinding Finding(string host, HttpStatusCode status, bool isOurs) => status switch
    {
        HttpStatusCode.BadRequest when isOurs => SetupFinding.Ok($"The host at {host} answers, and takes the secret."),
        HttpStatusCode.Unauthorized when isOurs => SetupFinding.Wrong(
            $"The host at {host} does not take the secret that the hooks send.",
            "Set the same one there as AzureDevOps:HookSecrets:0 and start the host anew, or run this command with the secret that is set there."),
        HttpStatusCode.Forbidden when isOurs => SetupFinding.Wrong(
            $"The host at {host} has no secret of service hooks, and refuses their calls.", "Set it there as AzureDevOps:HookSecrets:0, and start the host anew."),
        _ when (int)status >= 500 => SetupFinding.Wrong($"The host at {host} is out of order (HTTP {(int)status}).", "See what it logs; it does not start with wrong settings."),
        _ => SetupFinding.Wrong(
            $"What answers at {host} takes no service hooks in (HTTP {(int)status}).", "Check --url, and that 'backlog serve' or the function app runs there with nothing in front that asks for a sign-in."),
    };

    private static SetupFinding Silent(string host, string why) => SetupFinding.Wrong(
        $"The host at {host} does not answer: {why}.", "Start it, or deploy the function app, soon: calls that fail put the hooks on probation. Then run this with --check.");

    /// <summary>Refusals of ours are one JSON object with a sentence.</summary>
    private static bool IsOurs(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Text("error") is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
