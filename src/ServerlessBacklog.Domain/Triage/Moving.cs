using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>
/// Moves an open item to a status that leaves it open. A tracker in which that status would close it does not make the change: closing is
/// <see cref="Close"/>, which needs a person.
/// </summary>
/// <param name="Status">The tracker's own word; where an item has no field for it, a label that says that it is a status.</param>
public sealed record MoveTo(string Status) : Change
{
    [JsonIgnore]
    public override string Slot => $"field:{WorkItemField.Status}";

    public override string Describe() => $"move to {Status}";
}
