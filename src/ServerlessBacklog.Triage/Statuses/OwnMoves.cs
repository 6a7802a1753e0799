using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Statuses;

/// <summary>
/// Tells our own moves from those of people, where we act under an account that the tracker takes for a person's: by what was written down before the move
/// was made. Pure.
/// </summary>
internal static class OwnMoves
{
    /// <summary>Clocks differ, and a change is told a moment after it was made.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    /// <summary>What is left once those are taken out in which we replaced a status by another.</summary>
    public static IReadOnlyList<HumanOverride> Without(IReadOnlyList<HumanOverride> told, IReadOnlyCollection<DecisionOutcome> outcomes) =>
        [.. told.Where(o => !outcomes.Any(x => (x.At - o.At).Duration() <= Leeway && x.Changes.Any(c => IsBy(c, o))))];

    public static bool MayBe(HumanOverride told) => told.Slot == new MoveTo("").Slot || told.Slot.StartsWith("label:status", StringComparison.Ordinal);

    private static bool IsBy(ChangeOutcome made, HumanOverride told) => made is { Change: MoveTo, State: ChangeState.Applied or ChangeState.Intended, Inverse: SetField { Value: var before } }
        && (told.Slot == new AddLabel(new Label(before)).Slot || (told.Slot == made.Change.Slot && string.Equals(told.Value, before, StringComparison.OrdinalIgnoreCase)));
}
