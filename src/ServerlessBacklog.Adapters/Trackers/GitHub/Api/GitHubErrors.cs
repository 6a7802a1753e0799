using System.Text.Json;
using Octokit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Api;

/// <summary>What a refusal means, and what mends it.</summary>
internal static class GitHubErrors
{
    public const string NoWriteRight = "the token may not write issues: give it Issues: read and write";

    /// <summary>The exception for an answer that is no success.</summary>
    /// <param name="what">What was asked for, as people name it: <c>the repository o/r</c>.</param>
    /// <param name="now">To tell how long a limit lasts.</param>
    public static Exception Of(Reply reply, string what, DateTimeOffset now) => Everywhere(reply, now) ?? reply.Code switch
    {
        403 => new UserErrorException($"GitHub does not allow {what} to be read with these credentials{Said(reply)}. Give the token or the app Issues: read and Metadata: read."),
        404 => new UserErrorException($"GitHub knows no {what}, or it may not be seen with these credentials. Look at the spelling; for a private repository set GITHUB_TOKEN, or install the app on it."),
        410 => new UserErrorException($"{Capital(what)} has its issues switched off, or is gone. Switch them on in its settings on GitHub."),
        451 => new UserErrorException($"GitHub does not show {what} for legal reasons (451)."),
        _ => new HttpRequestException($"GitHub answered {reply.Code} for {what}{Said(reply)}.", null, reply.Status),
    };

    /// <summary>What stands in the way of every request alike: credentials, single sign-on, limits, faults; null for anything else.</summary>
    public static Exception? Everywhere(Reply reply, DateTimeOffset now) => reply.Code switch
    {
        401 => BadCredentials(),
        403 when reply.Header("X-GitHub-SSO") is not null => SingleSignOn(),
        403 when Has(reply, "suspended") => new UserErrorException(
            "The installation of the GitHub app is suspended. Unsuspend it in the settings of the account, under GitHub Apps."),
        403 or 429 when IsLimit(reply) => new BudgetExhaustedException("GitHub's limit is used up for now.") { Until = Until(reply, now) },
        >= 500 => new HttpRequestException($"GitHub answered {reply.Code}.", null, reply.Status),
        _ => null,
    };

    public static UserErrorException BadCredentials() => new(
        "GitHub refuses the credentials (401). Make a new token and set it as GITHUB_TOKEN or GitHub:Token; for an app look at GitHub:AppId and GitHub:PrivateKey.");

    public static UserErrorException SingleSignOn() => new(
        "The organization asks for single sign-on: authorize the token for it on GitHub (Settings, Developer settings, Personal access tokens, Configure SSO), or install the app there.");

    /// <summary>An answer as Octokit tells it.</summary>
    public static Reply Told(ApiException error)
    {
        using var http = new HttpResponseMessage(error.StatusCode);
        foreach (var (name, value) in error.HttpResponse?.Headers ?? new Dictionary<string, string>())
            http.Headers.TryAddWithoutValidation(name, value);
        if (error is RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException)
            http.Headers.TryAddWithoutValidation(LimitMark, "1");
        return new Reply(error.StatusCode, JsonSerializer.SerializeToElement(new { message = error.ApiError?.Message ?? "" }), http.Headers);
    }

    private const string LimitMark = "X-Limit-Reached";

    private static bool IsLimit(Reply reply) =>
        reply.Code == 429 || reply.Header(LimitMark) is not null || reply.Header("Retry-After") is not null
        || reply.Header("X-RateLimit-Remaining") == "0" || Has(reply, "rate limit");

    /// <summary>Retry-After first, then the reset, else a minute (GitHub's best practices).</summary>
    private static DateTimeOffset Until(Reply reply, DateTimeOffset now) =>
        int.TryParse(reply.Header("Retry-After"), out var seconds) && seconds >= 0 ? now.AddSeconds(Math.Min(seconds, 86_400))
        : reply.Header("X-RateLimit-Remaining") == "0" && long.TryParse(reply.Header("X-RateLimit-Reset"), out var reset) && reset is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(reset)
            : now.AddMinutes(1);

    private static bool Has(Reply reply, string words) => reply.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string Said(Reply reply) => reply.Message.Length > 0 ? $" ({reply.Message.TrimEnd('.')})" : "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
