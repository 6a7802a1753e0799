using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>What a classifier reads of an item.</summary>
/// <param name="Vector">What the text means; null without an encoder.</param>
public sealed record FieldText(string Title, BodySketch Body, TextVector? Vector = null)
{
    /// <summary>The word behind each hash of the body; empty where only the sketch is left.</summary>
    public IReadOnlyDictionary<uint, string> Words { get; init; } = new Dictionary<uint, string>();

    public static FieldText Read(string title, string body, TextVector? vector)
    {
        var words = new Dictionary<uint, string>();
        return new FieldText(title, BodySketch.Of(body, words), vector) { Words = words };
    }
}

/// <summary>A text as numbers: a feature is a slot of a linear model.</summary>
public sealed record FeatureVector(int[] Slots, float[] Values)
{
    /// <summary>Length 1, so that long texts weigh no more than short ones.</summary>
    public static FeatureVector Normalised(int[] slots, float[] values)
    {
        var square = 0.0;
        foreach (var value in values)
            square += value * value;
        var scale = square > 0 ? (float)(1 / Math.Sqrt(square)) : 0;
        for (var i = 0; i < values.Length; i++)
            values[i] *= scale;
        return new FeatureVector(slots, values);
    }

    public static FeatureVector Of(TextVector vector)
    {
        var values = new float[vector.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = vector.Values[i];
        return Normalised([.. Enumerable.Range(0, values.Length)], values);
    }
}
