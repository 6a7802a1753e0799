using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Access;

/// <summary>What a request does, as far as limits care.</summary>
internal enum RequestClass
{
    Read,
    Write,

    /// <summary>A POST that changes no content: a token, a redelivery.</summary>
    Upkeep,
    GraphQl,

    /// <summary>Counts for nothing: the look at the limits themselves.</summary>
    Free,
}

/// <summary>Counts requests per account, notes what breaks a rule and refuses what is over a limit. Callers hold the gate of the world.</summary>
internal sealed class RateKeeper(GitHubRateRules? rules, TimeProvider clock, ICollection<Breach> breaches)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Account> accounts = [];

    /// <returns>The refusal; null when the request may go on.</returns>
    public Answer? Enter(Caller caller, RequestClass kind, string request)
    {
        var account = AccountOf(caller);
        account.InFlight++;
        if (kind == RequestClass.Write)
            account.WritesInFlight++;
        if (rules is null || kind == RequestClass.Free)
            return null;
        var now = clock.GetUtcNow();
        account.Forget(now);
        if (now < account.PausedUntil)
            return Broken("a request before Retry-After had passed", account.PausedUntil - now);
        if (account.InFlight > rules.Concurrent)
            return Broken($"more than {rules.Concurrent} requests at once", Minute);
        if (kind == RequestClass.Write && EnterWrite() is { } refused)
            return refused;
        var cost = kind is RequestClass.Write or RequestClass.Upkeep ? 5 : 1;
        if (account.Points.Sum(p => p.Points) + cost > rules.PointsPerMinute && kind != RequestClass.GraphQl)
            return Broken($"more than {rules.PointsPerMinute} points a minute", Minute);
        account.Points.Enqueue((now, cost));
        var window = account.Window(kind == RequestClass.GraphQl, now);
        if (window.Used >= Limit(caller, kind == RequestClass.GraphQl))
        {
            breaches.Add(new Breach(now, "a request when none was left of the hour", caller.Key, request));
            if (rules.Refuse)
                return kind == RequestClass.GraphQl ? GraphQlLimit(caller) : PrimaryLimit(caller);
        }

        if (kind != RequestClass.GraphQl)
            window.Used++;
        return null;

        Answer? EnterWrite()
        {
            if (account.WritesInFlight > 1)
                breaches.Add(new Breach(now, "two writes at once", caller.Key, request));
            else if (account.LastWriteEnd is { } end && now - end < rules.WriteGap)
                breaches.Add(new Breach(now, $"a write less than {rules.WriteGap.TotalSeconds:0.#} s after the last one", caller.Key, request));
            var lastMinute = account.Writes.Count(w => now - w < Minute);
            if (lastMinute >= rules.ContentWritesPerMinute)
                return Broken($"more than {rules.ContentWritesPerMinute} content writes a minute", Minute);
            if (account.Writes.Count >= rules.ContentWritesPerHour)
                return Broken($"more than {rules.ContentWritesPerHour} content writes an hour", account.Writes.Peek() + Hour - now);
            account.Writes.Enqueue(now);
            return null;
        }

        Answer? Broken(string rule, TimeSpan wait)
        {
            breaches.Add(new Breach(now, rule, caller.Key, request));
            return rules.Refuse ? SecondaryLimit(wait) : null;
        }
    }

    /// <param name="answer">What is answered: it may say Retry-After, whatever its status.</param>
    /// <param name="free">True when the request does not count after all: a 304 to a signed-in caller.</param>
    /// <param name="points">Cost of a GraphQL query.</param>
    public void Leave(Caller caller, RequestClass kind, Answer answer, bool free, int points = 0)
    {
        var account = AccountOf(caller);
        var now = clock.GetUtcNow();
        account.InFlight--;
        if (kind == RequestClass.Write)
            (account.WritesInFlight, account.LastWriteEnd) = (account.WritesInFlight - 1, now);
        if (answer.Headers.TryGetValue("Retry-After", out var wait) && int.TryParse(wait, out var seconds) && now + TimeSpan.FromSeconds(seconds) > account.PausedUntil)
            account.PausedUntil = now + TimeSpan.FromSeconds(seconds);
        var window = account.Window(kind == RequestClass.GraphQl, now);
        if (kind == RequestClass.GraphQl)
            window.Used += points;
        else if (free && window.Used > 0)
            window.Used--;
        AddHeaders(answer, caller, kind == RequestClass.GraphQl, window);
    }

    public (int Limit, int Used, DateTimeOffset Reset) State(Caller caller, bool graphQl)
    {
        var window = AccountOf(caller).Window(graphQl, clock.GetUtcNow());
        return (Limit(caller, graphQl), window.Used, window.Reset);
    }

    private int Limit(Caller caller, bool graphQl)
    {
        var numbers = rules ?? new GitHubRateRules();
        return graphQl ? numbers.GraphQlPointsPerHour : caller.Kind == CallerKind.Anonymous ? numbers.AnonymousPerHour : numbers.PerHour;
    }

    private void AddHeaders(Answer answer, Caller caller, bool graphQl, Window window)
    {
        var limit = Limit(caller, graphQl);
        answer.With("x-ratelimit-limit", $"{limit}")
            .With("x-ratelimit-remaining", $"{Math.Max(0, limit - window.Used)}")
            .With("x-ratelimit-used", $"{window.Used}")
            .With("x-ratelimit-reset", $"{window.Reset.ToUnixTimeSeconds()}")
            .With("x-ratelimit-resource", graphQl ? "graphql" : "core");
    }

    private Account AccountOf(Caller caller)
    {
        if (!accounts.TryGetValue(caller.Key, out var account))
            accounts[caller.Key] = account = new Account();
        return account;
    }

    private static Answer PrimaryLimit(Caller caller) =>
        Refusals.Message(403, caller.Kind == CallerKind.Anonymous
            ? "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit.)"
            : $"API rate limit exceeded for {Name(caller)}.");

    /// <summary>GraphQL says so with 200.</summary>
    private static Answer GraphQlLimit(Caller caller) => Answer.Ok(new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["type"] = "RATE_LIMITED", ["message"] = $"API rate limit exceeded for {Name(caller)}." }),
    });

    private static Answer SecondaryLimit(TimeSpan wait) =>
        Refusals.Message(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
            .With("Retry-After", $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}");

    private static string Name(Caller caller) =>
        caller.Installation is { } installation ? $"installation ID {installation.Id}" : $"user ID {caller.Account?.Id ?? 0}";

    private sealed class Account
    {
        private Window? core;
        private Window? graphQl;

        public int InFlight { get; set; }

        public int WritesInFlight { get; set; }

        public DateTimeOffset? LastWriteEnd { get; set; }

        public DateTimeOffset PausedUntil { get; set; }

        public Queue<DateTimeOffset> Writes { get; } = [];

        public Queue<(DateTimeOffset At, int Points)> Points { get; } = [];

        public Window Window(bool ofGraphQl, DateTimeOffset now)
        {
            ref var window = ref ofGraphQl ? ref graphQl : ref core;
            if (window is null || window.Reset <= now)
                window = new Window(now + Hour);
            return window;
        }

        public void Forget(DateTimeOffset now)
        {
            while (Writes.TryPeek(out var write) && now - write >= Hour)
                Writes.Dequeue();
            while (Points.TryPeek(out var points) && now - points.At >= Minute)
                Points.Dequeue();
        }
    }

    private sealed class Window(DateTimeOffset reset)
    {
        public DateTimeOffset Reset { get; } = reset;

        public int Used { get; set; }
    }
}
