using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>One thing that happened on an item: in its tracker, or here.</summary>
/// <param name="IsOurs">True for what was decided or said here.</param>
internal sealed record ItemHistoryLine(DateTimeOffset At, string Text, bool IsOurs)
{
    /// <summary>All that is known, the latest first.</summary>
    public static IReadOnlyList<ItemHistoryLine> Of(WorkItem item, IReadOnlyList<Decision> decisions, IReadOnlyDictionary<string, DecisionOutcome> outcomes)
    {
        var lines = new List<ItemHistoryLine>();
        if (item.CreatedAt is { } created)
            lines.Add(new(created, $"created{(item.Reporter is { } by ? $" by {by}" : "")}", false));
        lines.AddRange(item.History.Events.Select(e => new ItemHistoryLine(e.At, $"{e.Kind.Replace('_', ' ')}{(e.Value is { } value ? $" {ChangeLine.Cut(value, 120)}" : "")}{(e.Actor is { } actor ? $", by {actor}" : "")}", false)));
        lines.AddRange(item.History.Comments.Select(c => new ItemHistoryLine(c.At, c.IsOurs ? "we commented" : $"{c.Author} commented", c.IsOurs)));
        if (item.ClosedAt is { } closed && !item.History.Events.Any(e => e.Kind.Equals("closed", StringComparison.OrdinalIgnoreCase)))
            lines.Add(new(closed, $"closed{(item.Resolution is { } resolution ? $" as {resolution}" : "")}", false));
        foreach (var decision in decisions)
        {
            lines.Add(new(decision.DecidedAt, $"decided: {ChangeLine.Cut(decision.Reason, 200)}", true));
            if (outcomes.GetValueOrDefault(decision.Id) is { } outcome)
                lines.Add(new(outcome.At, Became(outcome), true));
        }

        return [.. lines.OrderByDescending(l => l.At)];
    }

    private static string Became(DecisionOutcome outcome)
    {
        var what = outcome.State switch
        {
            OutcomeState.Asked => "asked",
            OutcomeState.Applying => "being carried out",
            OutcomeState.Applied => "carried out",
            OutcomeState.Rejected => "refused",
            OutcomeState.Expired => "nobody answered, so nothing was done",
            OutcomeState.Snoozed => "put off",
            _ => "withdrawn, because the item changed",
        };
        var changes = outcome.Changes.Where(c => c.State is ChangeState.Applied or ChangeState.Undone or ChangeState.Waiting)
            .Select(c => c.State == ChangeState.Undone ? $"{c.Change.Describe()} (taken back)" : c.Change.Describe()).ToList();
        return ChangeLine.Cut($"{what}{(outcome.By is { } by ? $" by {by}" : "")}{(changes.Count > 0 ? $": {string.Join(", ", changes)}" : "")}{(outcome.Note is { Length: > 0 } note ? $" (“{note}”)" : "")}", 300);
    }
}
