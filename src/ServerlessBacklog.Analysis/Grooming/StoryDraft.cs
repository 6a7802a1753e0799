namespace ServerlessBacklog.Analysis.Grooming;

/// <summary>An item as a user story that a team can start on. Nothing in it replaces the item's own words.</summary>
/// <param name="Role">Who wants it; empty when nobody says.</param>
/// <param name="Want">What they want to do or see; empty when the item does not tell.</param>
/// <param name="Benefit">Why; empty when nobody says.</param>
/// <param name="Questions">What must be known before work starts.</param>
/// <param name="Assumptions">What the draft supposes and the item does not say.</param>
/// <param name="Evidence">Words of the item that it rests on, letter by letter.</param>
public sealed record StoryDraft(
    string Role,
    string Want,
    string Benefit,
    IReadOnlyList<Criterion> Criteria,
    IReadOnlyList<string> Questions,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<string> Evidence);

/// <summary>One condition by which anyone can check that an item is done.</summary>
public sealed record Criterion(string Given, string When, string Then)
{
    public override string ToString() => $"Given {Given}, when {When}, then {Then}";
}
