using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>An item that is worth doing now.</summary>
/// <param name="Factors">Addends of the score, largest first.</param>
/// <param name="Acts">Grooming acts in the order in which they make sense.</param>
public sealed record DoFirstItem(
    int Rank, ItemLine Item, double Score, IReadOnlyList<Factor> Factors, string Reason, Confidence Confidence, IReadOnlyList<string> Acts)
{
    public double? Points { get; init; }
}

/// <summary>One addend of a score.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">Contribution in the unit of the score; may be negative.</param>
public sealed record Factor(string Name, double Value);

/// <summary>Items that say the same, and the one to keep.</summary>
public sealed record DuplicateCluster(ItemLine Canonical, IReadOnlyList<DuplicateMember> Members)
{
    public double HighestProbability => Members.Count == 0 ? 0 : Members.Max(m => m.Probability);
}

/// <param name="Probability">That a person would call it a duplicate: 0 … 1.</param>
/// <param name="Shared">Facts that both items state.</param>
/// <param name="Differs">Facts in which they differ.</param>
public sealed record DuplicateMember(
    ItemLine Item, double Probability, string Reason, IReadOnlyList<string> Shared, IReadOnlyList<string> Differs);

/// <summary>An item that lacks something a developer would ask for.</summary>
/// <param name="IsVague">False when it is clear enough to start on.</param>
/// <param name="Clarity">0 (nothing to go by) … 1; null when the step gives none.</param>
public sealed record VagueItem(
    ItemLine Item, bool IsVague, double? Clarity, string Reason, IReadOnlyList<string> Missing, IReadOnlyList<string> Questions, IReadOnlyList<string> Conflicts);

/// <summary>An item that was silent for long or is worth little now.</summary>
/// <param name="SilentDays">Days without human activity; null when unknown.</param>
/// <param name="Signs">Signs of low value.</param>
/// <param name="Archive">How sure the proposal to archive is; null when there is none.</param>
public sealed record StaleItem(ItemLine Item, double? SilentDays, string Reason, IReadOnlyList<string> Signs, Confidence? Archive);

/// <summary>Who could take an item.</summary>
/// <param name="Candidates">Best first, with the parts of their score in words.</param>
public sealed record AssignmentAdvice(ItemLine Item, IReadOnlyList<Candidate> Candidates, string Reason, Confidence Confidence);

public sealed record Candidate(string Name, double? Score);

/// <param name="Carried">Open items assigned now.</param>
/// <param name="Proposed">Items for which the person is the first choice.</param>
public sealed record PersonLoad(string Login, int Carried, int Proposed, int Capacity);

/// <summary>An estimate with its range, in story points.</summary>
/// <param name="Neighbours">Finished items that it rests on.</param>
public sealed record EffortAdvice(ItemLine Item, double Points, double? Low, double? High, string Reason, IReadOnlyList<ItemLine> Neighbours);

/// <param name="Estimated">Items with an estimate.</param>
/// <param name="Points">Sum of the estimates.</param>
/// <param name="Low">Sum of lower bounds where there are any, an optimistic bound: not all come in low together.</param>
/// <param name="High">Sum of upper bounds, likewise pessimistic.</param>
/// <param name="Sizes">Items by size.</param>
public sealed record EffortTotals(int Estimated, double Points, double? Low, double? High, IReadOnlyList<Tally> Sizes)
{
    public static EffortTotals None { get; } = new(0, 0, null, null, []);
}

/// <summary>A type, area or label that an item should get.</summary>
/// <param name="Now">What the item has now; null for nothing.</param>
public sealed record FieldAdvice(ItemLine Item, string Step, string? Now, string Proposed, Confidence Confidence, string Reason);

/// <summary>One row of the table of all open items, or of items that were closed. Null means that nobody knows, never zero.</summary>
public sealed record ReportItem(ItemLine Item)
{
    /// <summary>1 for the highest priority score; null without one.</summary>
    public int? Rank { get; init; }

    public double? Score { get; init; }

    public double? Clarity { get; init; }

    public double? Points { get; init; }

    public int? AgeDays { get; init; }

    public double? SilentDays { get; init; }

    public string? Priority { get; init; }

    public string? Area { get; init; }

    public string? Assignee { get; init; }

    public string? Milestone { get; init; }

    /// <summary>Null for open items.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public ItemMarks Marks { get; init; }

    /// <summary>The first grooming act; null when none is proposed.</summary>
    public string? NextAct { get; init; }
}

[Flags]
public enum ItemMarks
{
    None = 0,
    Duplicate = 1,
    Vague = 2,
    Stale = 4,
    Archive = 8,
    Blocked = 16,
    Blocking = 32,
}
