namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>How clear an item is, and why.</summary>
public sealed record ClarityReport
{
    public required ItemKind Kind { get; init; }

    /// <summary>0 (nothing to go by) … 1 (every part there): the sum of part weights, each times how well the part is filled.</summary>
    public required double Score { get; init; }

    /// <summary>Probability that a reader of the rubric would call the item vague: see <see cref="VagueModel"/>.</summary>
    public required double VagueProbability { get; init; }

    public bool IsVague => VagueProbability >= ClarityExaminer.VagueAt;

    /// <summary>True when a part is missing that a template would ask for: steps, results, environment, or how one sees that it is done.</summary>
    public bool IsIncomplete => Missing.Any(p => p.Part is ItemPart.Steps or ItemPart.Actual or ItemPart.Expected or ItemPart.Environment or ItemPart.Done);

    public required IReadOnlyList<FoundPart> Parts { get; init; }

    public IReadOnlyList<Contradiction> Contradictions { get; init; } = [];

    public IEnumerable<FoundPart> Missing => Parts.Where(p => p.Place is null);
}

/// <summary>One required part and where it was found.</summary>
/// <param name="Weight">Share of the score.</param>
/// <param name="Filled">0 … 1. A part that was not found in a long text counts for something: the rules may have missed it.</param>
/// <param name="Place">description, title, comment 2; null when the part is missing.</param>
/// <param name="Quote">The words that show it, at most 160 characters.</param>
public sealed record FoundPart(ItemPart Part, double Weight, double Filled, string? Place, string? Quote);

/// <summary>Two statements of one item that cannot both hold.</summary>
public sealed record Contradiction(string First, string Second, string Why);
