using System.Text.Json.Serialization;

namespace ServerlessBacklog.Domain.Triage;

// Comments beside the one that an item has: each is a comment of its own, because people have to be told of it, and is known by its name.

/// <summary>
/// Announces on the item what was approved and will be done after a wait, and how to stop it. Given again under the same name, the same comment is edited.
/// </summary>
/// <param name="Name">Lower-case letters, digits and hyphens: the decision that it announces.</param>
public sealed record GiveNotice(string Name, string Markdown) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => "notice";

    public override string Describe() => "give notice";
}

/// <summary>Deletes a notice of ours.</summary>
public sealed record RemoveNotice(string Name) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => "notice";

    public override string Describe() => "delete our notice";
}

/// <summary>Answers a person's command in a comment of its own, written once.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens: the command that it answers.</param>
public sealed record AddReply(string Name, string Markdown) : Change
{
    [JsonIgnore]
    public override bool NeedsPerson => true;

    [JsonIgnore]
    public override string Slot => $"reply:{Name}";

    /// <summary>After what it tells of.</summary>
    [JsonIgnore]
    public override int Rank => 3;

    public override string Describe() => "answer";
}
