using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>
/// What a person decided on one item against the system: something that they took away, changed back or refused, which is never done again there until a
/// person does it (FEATURES §2, pain 10), or a value that they pinned.
/// </summary>
/// <param name="Slot">The slot of the change that is held back (<see cref="Change.Slot"/>): <c>label:bug</c>, <c>field:Priority</c>, <c>assign</c>, <c>close</c>.</param>
/// <param name="Value">The value that was refused, or the one that is pinned; null holds back any value of the slot.</param>
/// <param name="By">Login of the person.</param>
public sealed record HumanOverride(string Slot, string? Value, string By, DateTimeOffset At)
{
    /// <summary>True when <see cref="Value"/> is to stay: every other one is held back.</summary>
    public bool IsPin { get; init; }

    /// <summary>The person's reason in their words; null when they gave none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Because { get; init; }

    /// <summary>When it ends by itself; null when only a person ends it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>True when <paramref name="change"/> would bring back what the person took away, or change what they pinned.</summary>
    public bool Forbids(Change change) => change.Slot == Slot
        && (Value is null || (ValueOf(change) is not { } value ? !IsPin || change is ClearField : IsPin != string.Equals(value, Value, StringComparison.OrdinalIgnoreCase)));

    /// <summary>As <see cref="Forbids(Change)"/>, at a moment: one that has ended forbids nothing.</summary>
    public bool Forbids(Change change, DateTimeOffset now) => !(Until <= now) && Forbids(change);

    /// <summary>Why it holds a change back, in one clause for people.</summary>
    public string Explain() => IsPin
        ? $"{By} pinned {Value} on {At:yyyy-MM-dd}{(Because is null ? "" : $" because {Because}")}"
        : $"{By} {(Because is null ? "took this away" : "decided against it")} on {At:yyyy-MM-dd}{(Because is null ? "" : $": {Because}")}";

    /// <summary>The override that refuses exactly this change from now on.</summary>
    public static HumanOverride Refusing(Change change, string by, DateTimeOffset at) => new(change.Slot, ValueOf(change), by, at);

    /// <summary>What a change would put into its slot; null where the slot says it all.</summary>
    public static string? ValueOf(Change change) => change switch
    {
        SetField set => set.Value,
        MoveTo move => move.Status,
        Assign assign => assign.Person.Login,
        Close close => close.Canonical?.ToString() ?? close.Reason.ToString(),
        AddLink link => link.Target.ToString(),
        _ => null,
    };
}
