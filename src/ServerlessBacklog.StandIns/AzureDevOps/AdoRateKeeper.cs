using ServerlessBacklog.StandIns.AzureDevOps.Rest;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps;

/// <summary>Counts requests in a sliding five minutes per identity; says when to slow down, refuses when that did not help.</summary>
internal sealed class AdoRateKeeper(AzureDevOpsRateRules? rules, TimeProvider clock, ICollection<Breach> breaches)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, (Queue<DateTimeOffset> Requests, DateTimeOffset PausedUntil)> accounts = [];

    public Answer? Enter(string account, string request)
    {
        if (rules is null)
            return null;
        var now = clock.GetUtcNow();
        var (requests, pausedUntil) = Of(account);
        if (now < pausedUntil)
            breaches.Add(new Breach(now, "a request before Retry-After had passed", account, request));
        while (requests.TryPeek(out var first) && now - first >= Span)
            requests.Dequeue();
        if (requests.Count >= rules.PerFiveMinutes)
        {
            breaches.Add(new Breach(now, $"more than {rules.PerFiveMinutes} requests in five minutes", account, request));
            if (rules.Refuse)
                return AdoRefusals.Message(429, "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.", "RequestBlockedException")
                    .With("Retry-After", $"{(int)Math.Ceiling((requests.Peek() + Span - now).TotalSeconds)}");
        }

        requests.Enqueue(now);
        return null;
    }

    public void Leave(string account, Answer answer)
    {
        var now = clock.GetUtcNow();
        var (requests, pausedUntil) = Of(account);
        if (rules is not null && requests.Count >= rules.PerFiveMinutes * rules.SlowFrom)
        {
            if (answer.Status < 400)
                answer.With("Retry-After", $"{rules.RetryAfterSeconds}").With("X-RateLimit-Delay", "1.000");
            answer.With("X-RateLimit-Resource", "Core")
                .With("X-RateLimit-Limit", $"{rules.PerFiveMinutes}")
                .With("X-RateLimit-Remaining", $"{Math.Max(0, rules.PerFiveMinutes - requests.Count)}")
                .With("X-RateLimit-Reset", $"{(now + Span).ToUnixTimeSeconds()}");
        }

        if (answer.Headers.TryGetValue("Retry-After", out var wait) && int.TryParse(wait, out var seconds) && now.AddSeconds(seconds) > pausedUntil)
            accounts[account] = (requests, now.AddSeconds(seconds));
    }

    private (Queue<DateTimeOffset> Requests, DateTimeOffset PausedUntil) Of(string account)
    {
        if (!accounts.TryGetValue(account, out var found))
            accounts[account] = found = ([], DateTimeOffset.MinValue);
        return found;
    }
}
