namespace ServerlessBacklog.Domain.Triage;

/// <summary>
/// Something that a person took away or changed back on one item: it is never done again there until a person does it (FEATURES §2, pain 10).
/// </summary>
/// <param name="Slot">The slot of the change that is held back (<see cref="Change.Slot"/>): <c>label:bug</c>, <c>field:Priority</c>, <c>assign</c>.</param>
/// <param name="Value">The value that was refused; null holds back any value of the slot.</param>
/// <param name="By">Login of the person.</param>
public sealed record HumanOverride(string Slot, string? Value, string By, DateTimeOffset At)
{
    /// <summary>True when <paramref name="change"/> would bring back what the person took away.</summary>
    public bool Forbids(Change change) => change.Slot == Slot
        && (Value is null || change switch
        {
            SetField set => string.Equals(set.Value, Value, StringComparison.OrdinalIgnoreCase),
            Assign assign => string.Equals(assign.Person.Login, Value, StringComparison.OrdinalIgnoreCase),
            _ => true,
        });
}
