using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>How a person says no to a change: before it is made, after it was made, and so that it never comes back.</summary>
internal static class Contesting
{
    public static IReadOnlyList<string> Of(Change change, OutcomeState? state, ChangeState? made)
    {
        var ways = new List<string>();
        if (made == ChangeState.Applied)
            ways.Add("`/backlog undo` takes it back exactly, or changing it by hand: what a person changed is not changed again.");
        else if (state is OutcomeState.Asked or OutcomeState.Snoozed)
            ways.Add("`/backlog reject because …` refuses it; it is not asked again. Without an answer nothing is done.");
        else if (made == ChangeState.Waiting)
            ways.Add("any comment of a person, 👎 on the notice, or `/backlog keep` stops it.");
        if (Lasting(change) is { } lasting)
            ways.Add(lasting);
        ways.Add("`/backlog object because …` records that something is wrong with it.");
        return ways;
    }

    private static string? Lasting(Change change) => change switch
    {
        Close { Reason: CloseReason.Duplicate } or AddLink => "`/backlog not duplicate` says that the item repeats no other.",
        Close => "`/backlog keep` keeps the item open for good.",
        SetField { Field: WorkItemField.Estimate } => "`/backlog estimate 5` sets the size that you think right.",
        MoveTo => "Move it to the status that you think right: it stays there, and a rule does not move it back.",
        SetField set => $"`/backlog pin {set.Field.ToString().ToLowerInvariant()}=…` sets a value that no job changes.",
        Assign => "`/backlog assign @login` or `/backlog unassign @login` says who it is for.",
        _ => null,
    };
}
