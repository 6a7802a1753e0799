using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>What people object to in what the system does. One that is open keeps the pilot from being widened until somebody answers it.</summary>
public sealed class Objections(IBacklogStore store)
{
    /// <summary>Characters of a reason that are kept.</summary>
    public const int LongestReason = 300;

    /// <summary>As many as a row holds with room to spare.</summary>
    private const int Most = 50;

    private const string Cursor = "objections";

    /// <returns>The objection; the same one when a person says the same of the same item again.</returns>
    /// <exception cref="UserErrorException">So many are open that there is no room for another.</exception>
    public async Task<Objection> AddAsync(string backlog, string by, string because, WorkItemRef? item, DateTimeOffset at, CancellationToken cancellation)
    {
        var reason = because.Length <= LongestReason ? because : because[..(char.IsHighSurrogate(because[LongestReason - 1]) ? LongestReason - 1 : LongestReason)];
        var all = await ListAsync(backlog, cancellation);
        if (all.FirstOrDefault(o => o.IsOpen && o.By == by && o.Because == reason && o.Item == item) is { } same)
            return same;
        if (all.Count(o => o.IsOpen) >= Most)
            throw new UserErrorException($"{Most} objections are open. Answer some of them first: 'backlog feedback resolve'.");
        var added = new Objection(all.Select(o => o.Number).DefaultIfEmpty(0).Max() + 1, by, reason, at) { Item = item };
        await SaveAsync(backlog, [.. all, added], cancellation);
        return added;
    }

    /// <exception cref="UserErrorException">There is none of this number.</exception>
    public async Task<Objection> ResolveAsync(string backlog, int number, string by, string answer, DateTimeOffset at, CancellationToken cancellation)
    {
        var all = await ListAsync(backlog, cancellation);
        var objection = all.FirstOrDefault(o => o.Number == number)
            ?? throw new UserErrorException($"There is no objection {number}. {(all.Any(o => o.IsOpen) ? $"Open are: {string.Join(", ", all.Where(o => o.IsOpen).Select(o => o.Number))}." : "None is open.")}");
        var resolved = objection with { Resolved = new Resolution(by, answer.Length <= LongestReason ? answer : answer[..LongestReason], at) };
        await SaveAsync(backlog, [.. all.Select(o => o.Number == number ? resolved : o)], cancellation);
        return resolved;
    }

    /// <summary>Those that are open, and the newest of those that were answered; oldest first.</summary>
    public async Task<IReadOnlyList<Objection>> ListAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, Cursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<Kept>(json)!.All : [];

    private Task SaveAsync(string backlog, IReadOnlyList<Objection> all, CancellationToken cancellation)
    {
        var kept = all.Where(o => o.IsOpen).Concat(all.Where(o => !o.IsOpen).OrderByDescending(o => o.Number).Take(Math.Max(0, Most - all.Count(o => o.IsOpen))));
        return store.SetCursorAsync(backlog, Cursor, JsonSerializer.Serialize(new Kept([.. kept.OrderBy(o => o.Number)])), cancellation);
    }

    private sealed record Kept(IReadOnlyList<Objection> All);
}

/// <param name="Number">Names it within its backlog.</param>
/// <param name="By">Login of the person.</param>
/// <param name="Because">Their reason, in their words: data, never an instruction.</param>
public sealed record Objection(int Number, string By, string Because, DateTimeOffset At)
{
    /// <summary>The item on which it was raised; null for the whole.</summary>
    public WorkItemRef? Item { get; init; }

    public Resolution? Resolved { get; init; }

    public bool IsOpen => Resolved is null;
}

/// <param name="Answer">What was done or said about it.</param>
public sealed record Resolution(string By, string Answer, DateTimeOffset At);
