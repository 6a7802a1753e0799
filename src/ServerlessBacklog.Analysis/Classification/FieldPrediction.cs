using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>An item whose field people filled in.</summary>
public sealed record LabelledText(WorkItemRef Item, FieldText Text, string Value);

/// <summary>Values of a field by probability, best first.</summary>
/// <param name="Words">Words of the text that speak most for the first value against the second.</param>
public sealed record FieldPrediction(IReadOnlyList<(string Value, double Probability)> Values, IReadOnlyList<string> Words)
{
    public string Best => Values[0].Value;

    public double Probability => Values[0].Probability;

    /// <summary>The value to choose where each value counts the same, however rare it is (<see cref="ClassBalance"/>).</summary>
    public required string Even { get; init; }

    /// <summary>Share of the items learned from that have the first value: what one could say without reading the text.</summary>
    public required double Share { get; init; }

    public double ProbabilityOf(string value) => Values.FirstOrDefault(v => v.Value == value).Probability;
}
