using System.Text;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>
/// Vectors of texts by their words alone: each word points somewhere that its letters decide, and a text is the sum of its words, at length 1. Texts that share words
/// are near; of meaning this knows nothing.
/// </summary>
internal static class WordVectors
{
    public static float[] Of(string text, int size)
    {
        var sum = new float[size];
        foreach (var word in Words(text))
            Add(sum, word);
        var length = MathF.Sqrt(sum.Sum(x => x * x));
        if (length > 0)
            for (var i = 0; i < size; i++)
                sum[i] /= length;
        return sum;
    }

    /// <summary>The first components, at length 1 again, as <c>dimensions</c> asks for.</summary>
    public static float[] Shorten(float[] vector, int size)
    {
        var shorter = vector[..size];
        var length = MathF.Sqrt(shorter.Sum(x => x * x));
        return length > 0 ? [.. shorter.Select(x => x / length)] : shorter;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
                word.Append(char.ToLowerInvariant(letter));
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }

    /// <summary>FNV-1a of the word, stretched by SplitMix64: a bit for each component, up or down.</summary>
    private static void Add(float[] sum, string word)
    {
        var state = 14695981039346656037UL;
        foreach (var letter in word)
            state = (state ^ letter) * 1099511628211UL;
        var bits = 0UL;
        for (var i = 0; i < sum.Length; i++)
        {
            if (i % 64 == 0)
                bits = Next(ref state);
            sum[i] += (bits >> (i % 64) & 1) == 0 ? -1 : 1;
        }
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
