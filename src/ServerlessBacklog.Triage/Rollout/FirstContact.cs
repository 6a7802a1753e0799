using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Says once to each person what this program is, with the first comment that it writes on an item of theirs (FEATURES O13).</summary>
public sealed class FirstContact(IBacklogStore store)
{
    /// <summary>The paragraph.</summary>
    public const string Explanation =
        "**New here?** This is the first time that this program writes on an item of yours. It points out what may be missing or said already; people decide everything, and you need "
        + "not answer it. You may say no: give this comment a thumbs-down, write `/backlog keep` to keep the item as it is, or `/backlog object because` with your reason. "
        + "`/backlog help` lists what it understands. This paragraph is written to you once.";

    /// <summary>True when the comment on this item is the one that explains: the person was told nowhere else.</summary>
    public async Task<bool> IsDueAsync(string backlog, WorkItem item, CancellationToken cancellation)
    {
        if (item.Reporter is not { IsBot: false } person)
            return false;
        if (await FindAsync(backlog, person.Login, cancellation) is not { } told || told.Item == item.Ref)
            return true;
        // What was decided there was never written: they know nothing yet.
        var outcomes = await store.OutcomesAsync(backlog, told.Item, cancellation);
        return !outcomes.SelectMany(o => o.Changes).Any(c => c is { State: ChangeState.Applied or ChangeState.Intended, Change: AddComment });
    }

    /// <summary>Remembers that a decision on the item explains, if it says anything.</summary>
    public async Task RememberAsync(string backlog, WorkItem item, Decision decision, CancellationToken cancellation)
    {
        if (item.Reporter is { IsBot: false } person && decision.Changes.Any(c => c is { Step: SuggestionComment.Step, Verdict: Verdict.Apply, Change: AddComment }))
            await store.SetCursorAsync(backlog, CursorOf(person.Login), JsonSerializer.Serialize(new Told(person.Login, item.Ref)), cancellation);
    }

    /// <summary>Where it is remembered; the name itself stands in the value alone.</summary>
    public static string CursorOf(string login) =>
        $"told {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(login.ToUpperInvariant())).AsSpan(0, 8))}";

    private async Task<Told?> FindAsync(string backlog, string login, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, CursorOf(login), cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<Told>(json) : null;

    private sealed record Told(string Person, WorkItemRef Item);
}
