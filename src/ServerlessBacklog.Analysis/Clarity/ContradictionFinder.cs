using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>
/// Finds pairs of requirements that cannot both hold: the same words with and without "not", with opposite words, or with different
/// numbers. Both sentences must demand something (must, should, shall …) and agree in every other content word, so that it misses
/// much and accuses little. Actual against expected behaviour is no contradiction: the former demands nothing.
/// </summary>
public static partial class ContradictionFinder
{
    private const int MaxSentences = 200;

    private static readonly (string One, string Other)[] Opposites =
    [
        ("always", "never"), ("required", "optional"), ("mandatory", "optional"), ("enabled", "disabled"), ("visible", "hidden"), ("show", "hide"),
        ("allowed", "forbidden"), ("ascending", "descending"), ("public", "private"), ("before", "after"),
    ];

    public static IReadOnlyList<Contradiction> Find(string prose)
    {
        var demands = Sentence().Matches(prose)
            .Select(m => m.Value.Trim().TrimStart('-', '*', '•', ' '))
            .Where(s => Demand().IsMatch(s) && s.Length <= 300)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(MaxSentences)
            .Select(Read)
            .Where(r => r.Words.Count >= 3)
            .ToList();
        var found = new List<Contradiction>();
        for (var i = 0; i < demands.Count; i++)
        {
            for (var j = i + 1; j < demands.Count; j++)
            {
                if (Compare(demands[i], demands[j]) is { } why)
                    found.Add(new Contradiction(demands[i].Text, demands[j].Text, why));
            }
        }

        return found;
    }

    private static string? Compare(Requirement one, Requirement other)
    {
        if (one.Condition != other.Condition)
            return null;
        if (one.Words.SetEquals(other.Words))
        {
            if (one.Negated != other.Negated && one.Numbers.SequenceEqual(other.Numbers))
                return "one demands what the other forbids";
            return one.Negated == other.Negated && one is { Numbers.Count: 1 } && other is { Numbers.Count: 1 } ? Numbers(one, other) : null;
        }

        if (one.Negated != other.Negated || !one.Numbers.SequenceEqual(other.Numbers))
            return null;
        var only = one.Words.Except(other.Words).ToList();
        var against = other.Words.Except(one.Words).ToList();
        if (only.Count != 1 || against.Count != 1)
            return null;
        return Opposites.Any(o => (o.One, o.Other) == (only[0], against[0]) || (o.One, o.Other) == (against[0], only[0]))
            ? $"'{only[0]}' against '{against[0]}'"
            : null;
    }

    private static string? Numbers(Requirement one, Requirement other)
    {
        var (a, b) = (one.Numbers[0], other.Numbers[0]);
        var excluded = (one.Bound, other.Bound) switch
        {
            (Bound.AtLeast, Bound.AtMost) => a > b,
            (Bound.AtMost, Bound.AtLeast) => a < b,
            (Bound.Exactly, Bound.AtMost) => a > b,
            (Bound.AtMost, Bound.Exactly) => a < b,
            (Bound.Exactly, Bound.AtLeast) => a < b,
            (Bound.AtLeast, Bound.Exactly) => a > b,
            _ => a != b,
        };
        return excluded ? string.Create(CultureInfo.InvariantCulture, $"{a} against {b}") : null;
    }

    private static Requirement Read(string sentence)
    {
        var numbers = Number().Matches(sentence).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToList();
        var words = Words.Content(Demand().Replace(Negation().Replace(Limit().Replace(sentence, " "), " "), " "));
        var bound = AtLeast().IsMatch(sentence) ? Bound.AtLeast : AtMost().IsMatch(sentence) ? Bound.AtMost : Bound.Exactly;
        var condition = Condition().Match(sentence).Value.ToLowerInvariant();
        return new Requirement(sentence, words, Negation().IsMatch(Limit().Replace(sentence, " ")), numbers, bound, condition);
    }

    private sealed record Requirement(string Text, HashSet<string> Words, bool Negated, IReadOnlyList<double> Numbers, Bound Bound, string Condition);

    private enum Bound
    {
        Exactly,
        AtLeast,
        AtMost,
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?:[^.!?;\n]|\.(?=\d))+")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b(?:must|should|shall|has to|have to|needs? to|is to|are to|will always|may)\b|\bcannot\b|\bcan not\b", Plain)]
    private static partial Regex Demand();

    [GeneratedRegex(@"\b(?:not|never|cannot)\b|n't\b", Plain)]
    private static partial Regex Negation();

    [GeneratedRegex(@"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:at least|at most|minimum|maximum|min|max|no more than|no less than|not more than|up to|within|less than|more than|under|over|exactly)\b", Plain)]
    private static partial Regex Limit();

    [GeneratedRegex(@"\b(?:at least|minimum|min|no less than|more than|over)\b", Plain)]
    private static partial Regex AtLeast();

    [GeneratedRegex(@"\b(?:at most|maximum|max|no more than|not more than|up to|within|less than|under)\b", Plain)]
    private static partial Regex AtMost();

    [GeneratedRegex(@"\b(?:if|when|unless|while|until|for|except)\b.*", Plain)]
    private static partial Regex Condition();
}
