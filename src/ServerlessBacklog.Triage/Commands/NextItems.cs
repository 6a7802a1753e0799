using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>Up to three items that a person could take next (FEATURES S5): what is theirs already, then what suits them, by priority; nothing that is blocked, and nothing of anybody else's.</summary>
public sealed class NextItems(Reporting reporting, KeptSettings kept)
{
    private const int Most = 3;

    public async Task<CommandEffect> ForAsync(Saying saying, CancellationToken cancellation)
    {
        var (next, why) = await OfAsync(saying.Backlog, saying.By, cancellation);
        return next.Count == 0
            ? new CommandEffect(why ?? "I know of nothing that is free, unblocked and examined.")
            : new CommandEffect(string.Join('\n', next.Select(o => $"- {Name(saying.Item, o.Item.Ref)} “{o.Item.Title}”: {o.Why}, priority {o.Score:0.0}. {o.Reason}")))
            {
                MayName = [.. next.Select(o => o.Item.Ref)],
            };
    }

    /// <summary>The same for a digest, best first.</summary>
    /// <returns>And why nothing is proposed; null when something is, or nothing is free.</returns>
    public async Task<(IReadOnlyList<NextThing> Things, string? Why)> OfAsync(string backlog, Person person, CancellationToken cancellation) =>
        (await kept.OfAsync(backlog, cancellation)).People.Away.Contains(person.Login, StringComparer.OrdinalIgnoreCase)
            ? ([], "You are marked as away: nothing is proposed to you.")
            : (Of(await reporting.ReadAsync(backlog, [], cancellation), person), null);

    private static List<NextThing> Of(BacklogState state, Person person) =>
    [
        .. state.Open
            .Select(item => (state.Snapshot.Find(item)!.Item, Findings: state.Findings[item].Where(f => f.Status == FindingStatus.Decided).ToDictionary(f => f.Step)))
            .Where(o => o.Findings.TryGetValue(StepName.Priority, out var priority) && priority.Score is not null && !IsBlocked(o.Findings))
            .Select(o => (o.Item, Priority: o.Findings[StepName.Priority], Claim: ClaimOf(o.Item, o.Findings, person)))
            .Where(o => o.Claim > 0)
            .OrderByDescending(o => o.Claim).ThenByDescending(o => o.Priority.Score).ThenBy(o => o.Item.Ref.ToKey(), StringComparer.Ordinal)
            .Take(Most)
            .Select(o => new NextThing(ItemLine.From(o.Item), Why(o.Claim), o.Priority.Score!.Value, o.Priority.Reason)),
    ];

    /// <summary>3 for an item that is theirs, 2 for one that suits them, 1 for one that nobody has, 0 for one of somebody else.</summary>
    private static int ClaimOf(WorkItem item, Dictionary<string, Finding> findings, Person person) =>
        item.Assignees.Contains(person) ? 3
        : item.Assignees.Count > 0 ? 0
        : findings.GetValueOrDefault(StepName.Assignment)?.Proposals.Any(p => p.Change is Assign assign && assign.Person.Equals(person)) == true ? 2
        : 1;

    private static bool IsBlocked(Dictionary<string, Finding> findings) => findings.GetValueOrDefault(StepName.Dependencies)?.EvidenceOf(EvidenceKind.BlockedBy).Any() == true;

    private static string Why(int claim) => claim switch { 3 => "yours already", 2 => "it suits what you have done before", _ => "nobody has it" };

    private static string Name(WorkItemRef home, WorkItemRef item) => Comments.AllowedNames.TextFor(home, item);
}
