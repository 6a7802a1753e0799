using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

// Changes that write text where people write, or make items. A person approves each of them, whatever the confidence.

/// <summary>
/// Writes a block of ours at the end of the item's description, or another text into the block that is there. What stands around it is not touched, and a
/// block that people have edited is theirs.
/// </summary>
/// <param name="Name">Lower-case letters, digits and hyphens: <c>draft</c>.</param>
public sealed record SetBlock(string Name, string Markdown) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => $"block:{Name}";

    public override string Describe() => $"put the {Name} into the description";
}

/// <summary>Creates a child of the item.</summary>
/// <param name="Title">One line.</param>
public sealed record AddChild(string Title, string Markdown) : Change
{
    /// <summary>Children of one item that are created by one decision (FEATURES G9).</summary>
    public const int MostAtOnce = 10;

    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => $"child:{Title.Trim().ToLowerInvariant()}";

    public override string Describe() => $"create the child '{Title}'";
}

/// <summary>
/// Writes one comment of ours on <paramref name="Canonical"/>, which gathers what its duplicates add; the same one is edited when a further duplicate is
/// merged into it.
/// </summary>
public sealed record Consolidate(WorkItemRef Canonical, string Markdown) : Change
{
    /// <summary>What the comment would say without this item; null when it would not be there. Goes by what was known when it was proposed.</summary>
    public string? Before { get; init; }

    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => "consolidate";

    [JsonIgnore]
    public override int Rank => 1;

    public override string Describe() => $"gather on {Canonical} what its duplicates add";

    /// <summary>Without the text: it is composed anew when it is written, and a vote more does not make another question of it.</summary>
    public override string ToString() => $"Consolidate {{ Canonical = {Canonical} }}";
}
