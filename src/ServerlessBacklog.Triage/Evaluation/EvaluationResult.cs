using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>What an evaluation found.</summary>
public sealed record EvaluationResult
{
    /// <summary>All projects together.</summary>
    public required Measured Pooled { get; init; }

    public required IReadOnlyDictionary<string, Measured> Projects { get; init; }

    /// <summary>Projects that were not measured, each with the reason.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; init; } = new Dictionary<string, string>();

    /// <summary>Every confidence that was said, with its truth, over all projects. Empty where the task has none.</summary>
    public IReadOnlyList<CaseOutcome> Cases { get; init; } = [];

    /// <summary>Questions to which the model gave no answer at all.</summary>
    public int Silent { get; init; }

    /// <summary>What a reader of the figures must know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Figures of one project, or of all.</summary>
/// <param name="N">Questions asked.</param>
/// <param name="Figures">By the names of <see cref="Figure"/>.</param>
public sealed record Measured(int N, IReadOnlyDictionary<string, double> Figures)
{
    /// <summary>95 % bootstrap intervals of some of the figures.</summary>
    public IReadOnlyDictionary<string, Interval> Intervals { get; init; } = new Dictionary<string, Interval>();

    /// <summary>The same figures of simpler methods, by their name: <c>bm25</c>, <c>median</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Baselines { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Ours minus the named baseline on the same questions, by figure: the paired 95 % bootstrap interval.</summary>
    public IReadOnlyDictionary<string, Interval> Gains { get; init; } = new Dictionary<string, Interval>();

    /// <summary>The baseline of <see cref="Gains"/>.</summary>
    public string? GainsOver { get; init; }

    /// <summary>Which part was asked, or why figures are missing: <c>last 20 %</c>.</summary>
    public string? Note { get; init; }
}
