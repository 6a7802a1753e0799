using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>What assignment learns from: who got an item, and what is known of it besides its text.</summary>
public sealed record AssignedItem(WorkItemRef Ref, Person Assignee, IReadOnlyList<string> Areas, IReadOnlyList<Label> Labels);

/// <summary>How well somebody fits an item by what they did before.</summary>
/// <param name="Share">Weighted share of the evidence that points to this person: 0 … 1, at most 1 over all people.</param>
/// <param name="Text">Their share among assignees of similar items.</param>
/// <param name="Recent">Their share among the project's latest 50 assignments.</param>
/// <param name="Areas">Their share among the latest 50 in the item's areas; null when it has none.</param>
/// <param name="Labels">Their share among the latest 50 of each of the item's labels; null when it has none.</param>
public sealed record Skill(Person Person, double Share, double Text, double Recent, double? Areas, double? Labels);
