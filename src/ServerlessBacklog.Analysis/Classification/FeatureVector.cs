using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>A text as numbers of length 1: a feature is a slot of the classifier.</summary>
public sealed record FeatureVector(int[] Slots, float[] Values);

/// <summary>
/// Turns texts into features: terms of the title and of the body apart, (1 + ln count) · idf each; pairs of neighbouring title words; the title's first
/// word, question mark and kind by word rules; the signals of the text.
/// </summary>
public sealed class FeatureSpace(SearchIndex index)
{
    /// <summary>Buckets for pairs of title words; collisions cost little.</summary>
    private const int Pairs = 8192;

    /// <summary>Weight of a title term against a body term.</summary>
    private const double TitleWeight = 2;

    /// <summary>Weight of a shape feature (first word, kind, signal), comparable with a rare term.</summary>
    private const float ShapeWeight = 2;

    private const int Firsts = 512;
    private const int Shapes = 64;

    private readonly int vocabulary = index.VocabularySize;

    public int Size => (2 * vocabulary) + Pairs + Firsts + Shapes;

    public FeatureVector Of(string title, ReadOnlySpan<TermCount> terms, TextSignals signals)
    {
        var features = new Dictionary<int, float>();
        foreach (var term in terms)
        {
            var frequency = index.DocumentFrequency(term.Term);
            if (frequency < 2)
                continue;
            var rarity = Math.Log(1 + (index.Count / (double)frequency));
            if (term.Title > 0)
                features[term.Term] = (float)(TitleWeight * (1 + Math.Log(term.Title)) * rarity);
            if (term.Body > 0)
                features[vocabulary + term.Term] = (float)((1 + Math.Log(term.Body)) * rarity);
        }

        AddShape(features, title, signals);
        return Normalise(features);
    }

    /// <summary>The word behind a slot, for people; null for pairs and shapes.</summary>
    public string? Word(int slot) => slot < 2 * vocabulary ? index.Term(slot % vocabulary) : null;

    private void AddShape(Dictionary<int, float> features, string title, TextSignals signals)
    {
        var words = title.ToLowerInvariant().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var pairs = 2 * vocabulary;
        for (var i = 0; i + 1 < words.Length; i++)
            features[pairs + (int)(StableHash.Of($"{words[i]} {words[i + 1]}") % Pairs)] = ShapeWeight;
        var first = pairs + Pairs;
        if (words.Length > 0)
            features[first + (int)(StableHash.Of(words[0]) % Firsts)] = ShapeWeight;
        var shape = first + Firsts;
        features[shape + (int)ItemKinds.FromText(title, "")] = ShapeWeight;
        if (title.AsSpan().TrimEnd().EndsWith('?'))
            features[shape + 8] = ShapeWeight;
        for (var bit = 0; bit < 16; bit++)
        {
            if (((int)signals & (1 << bit)) != 0)
                features[shape + 16 + bit] = ShapeWeight;
        }
    }

    private static FeatureVector Normalise(Dictionary<int, float> features)
    {
        var slots = features.Keys.Order().ToArray();
        var length = Math.Sqrt(features.Values.Sum(v => (double)v * v));
        return new FeatureVector(slots, [.. slots.Select(s => (float)(features[s] / length))]);
    }

    private static readonly char[] Blanks = [' ', '\t', ',', '.', ':', ';', '(', ')', '[', ']', '"', '\'', '`', '?', '!', '|', '/'];
}
