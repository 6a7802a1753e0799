using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>The item that somebody means who names it first: <c>#12 why</c>, <c>owner/repo#12 pin P1</c>, <c>AB#12 …</c>, or in full.</summary>
public sealed partial class ChatItems(IBacklogStore store)
{
    /// <returns>All items that are meant, and what is said of them; null where the text begins with no item.</returns>
    public async Task<(IReadOnlyList<(string Backlog, WorkItemRef Item)> Found, string? Said)> FindAsync(string text, CancellationToken cancellation)
    {
        if (First().Match(text.Trim()) is not { Success: true } match)
            return ([], null);
        var (word, rest) = (match.Groups["item"].Value, match.Groups["rest"].Value.Trim());
        var full = WorkItemRef.TryParse(word, out var exact) ? exact : null;
        if (full is null && !Short().IsMatch(word))
            return ([], null);
        var found = new List<(string Backlog, WorkItemRef Item)>();
        foreach (var backlog in await store.BacklogsAsync(cancellation))
        {
            foreach (var meant in await MeantAsync(backlog, word, full, cancellation))
                found.Add((backlog, meant));
        }

        return (found, rest);
    }

    private async Task<IReadOnlyList<WorkItemRef>> MeantAsync(string backlog, string word, WorkItemRef? full, CancellationToken cancellation)
    {
        if (full is not null)
            return await ThereAsync(backlog, [full], cancellation);
        var (project, number) = Short().Match(word) is var match && match.Groups["project"] is { Success: true } named ? (named.Value, match.Groups["number"].Value) : (null, match.Groups["number"].Value);
        if (await store.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is { } text && SourceAddress.Parse(text) is var source
            && (project is null || project.Equals(source.Location, StringComparison.OrdinalIgnoreCase))
            && await ThereAsync(backlog, [new WorkItemRef(source.Tracker, source.Location, number)], cancellation) is { Count: > 0 } direct)
            return direct;
        var found = new List<WorkItemRef>();
        await foreach (var stamp in store.StampsAsync(backlog, cancellation))
        {
            if (stamp.Item.Number == number && (project is null || project.Equals(stamp.Item.Project, StringComparison.OrdinalIgnoreCase)))
                found.Add(stamp.Item);
        }

        return found;
    }

    private async Task<IReadOnlyList<WorkItemRef>> ThereAsync(string backlog, IReadOnlyList<WorkItemRef> items, CancellationToken cancellation) =>
        [.. (await store.FindStampsAsync(backlog, items, cancellation)).Select(s => s.Item)];

    [GeneratedRegex(@"\A(?<item>\S*\d)(?<rest>(?:\s.*)?)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex First();

    [GeneratedRegex(@"\A(?:AB)?(?:(?<project>[^#\s]+)?#)?(?<number>\d{1,18})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
