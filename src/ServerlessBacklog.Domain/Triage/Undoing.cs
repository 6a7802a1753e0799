using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>
/// What taking back a decision comes to on the item as it is now. Pure. A change is taken back only while the item still is as the change left it: what
/// people have done since is theirs.
/// </summary>
/// <param name="Changes">The inverses to be made, last change first.</param>
/// <param name="Conflicts">Changes that cannot be taken back, each with the reason in one clause.</param>
public sealed record Undoing(IReadOnlyList<Change> Changes, IReadOnlyList<UndoConflict> Conflicts)
{
    public static Undoing Of(WorkItem now, DecisionOutcome outcome)
    {
        var (changes, conflicts) = (new List<Change>(), new List<UndoConflict>());
        foreach (var made in outcome.Changes.Where(IsToBeTakenBack).Reverse())
        {
            if (WhyNot(now, made) is { } why)
                conflicts.Add(new UndoConflict(made.Change, why));
            else
                changes.Add(made.Inverse!);
        }

        return new Undoing(changes, conflicts);
    }

    /// <summary>Answers stay: they were given to somebody.</summary>
    private static bool IsToBeTakenBack(ChangeOutcome made) => made is { State: ChangeState.Applied or ChangeState.Waiting, Inverse: not null, Change: not AddReply };

    /// <summary>Texts, children and gathered comments are compared by the tracker, which alone knows who wrote what.</summary>
    private static string? WhyNot(WorkItem now, ChangeOutcome made) => made.Change switch
    {
        _ when made.State == ChangeState.Waiting => null,
        AddLabel add => now.Labels.Contains(add.Label) ? null : $"somebody has taken the label '{add.Label}' off",
        RemoveLabel remove => now.Labels.Contains(remove.Label) ? $"somebody has put the label '{remove.Label}' back" : null,
        SetField set => Inverse.ValueOf(now, set.Field) is var value && string.Equals(value, set.Value, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"somebody has set {set.Field.ToString().ToLowerInvariant()} to {value ?? "nothing"}",
        MoveTo move => string.Equals(now.TrackerState, move.Status, StringComparison.OrdinalIgnoreCase) ? null : $"somebody has moved it to {now.TrackerState ?? "no status"}",
        ClearField clear => Inverse.ValueOf(now, clear.Field) is { } value ? $"somebody has set {clear.Field.ToString().ToLowerInvariant()} to {value}" : null,
        Assign assign => now.Assignees.Contains(assign.Person) ? null : $"somebody has unassigned {assign.Person}",
        Unassign unassign => now.Assignees.Contains(unassign.Person) ? $"somebody has assigned {unassign.Person} again" : null,
        AddLink add => now.Links.Contains(new WorkItemLink(add.Kind, add.Target)) ? null : "somebody has taken the link away",
        RemoveLink remove => now.Links.Contains(new WorkItemLink(remove.Kind, remove.Target)) ? "somebody has put the link back" : null,
        Close => now.IsOpen ? "somebody has reopened it" : null,
        Reopen => now.IsOpen ? null : "somebody has closed it again",
        SetBlock set => now.Blocks.GetValueOrDefault(set.Name) is not { } text ? $"people have edited the {set.Name} in the description, so it is theirs"
            : text == set.Markdown ? null : $"the {set.Name} in the description was written anew since",
        _ => null,
    };
}

/// <param name="Why">To follow the change's words: <c>somebody has reopened it</c>.</param>
public sealed record UndoConflict(Change Change, string Why);
