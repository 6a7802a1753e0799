using System.Globalization;

namespace ServerlessBacklog.Triage.Evaluation.CaseStudy;

/// <summary>What others claimed of a backlog like this. It is printed beside what was measured, never as ours.</summary>
/// <param name="What">What was done: <c>vague items built out</c>.</param>
/// <param name="Share">0 … 1.</param>
public sealed record Claim(string What, double Share)
{
    public static Claim BuiltOut { get; } = new("vague items built out into drafts that pass the gate", 0.40);

    public static Claim Archived { get; } = new("items of low value proposed for the archive", 0.25);

    /// <summary>One line: the measured figure, of how many, beside the claim.</summary>
    public string Beside(string part, int done, int all)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{What}, {part}: measured {(double)done / Math.Max(1, all):0 %} ({done} of {all}); the claim was {Share:0 %}");
        return all == 0 ? $"{What}, {part}: no item is labelled so; the claim was {Share.ToString("0 %", CultureInfo.InvariantCulture)}: not measured."
            : $"{line}: {(done >= Share * all ? "reached" : "not reached")}.";
    }
}
