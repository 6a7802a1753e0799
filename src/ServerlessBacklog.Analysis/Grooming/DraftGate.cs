using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Grooming;

/// <summary>
/// What code can check of a draft (FEATURES G1, G3): its parts, at least two whole criteria, evidence that stands in the item, and no fact that does not. A
/// fact is what a reader could look up: a number, a version, an address, a file name, an identifier. Assumptions and questions may hold new ones; they are
/// where those belong.
/// </summary>
public static partial class DraftGate
{
    public const int LeastCriteria = 2;
    public const int MostCriteria = 8;
    private const int LongestPart = 400;

    /// <summary>What keeps the draft from passing, a clause each; empty when it passes.</summary>
    /// <param name="texts">Everything that people wrote on the item.</param>
    /// <param name="holds">Whether a quote stands in the texts.</param>
    public static IEnumerable<string> Faults(StoryDraft draft, IReadOnlyCollection<string> texts, Func<string, bool> holds)
    {
        if (draft.Want.Trim().Length < 4)
            yield return "it does not say what is wanted";
        if (draft.Role.Trim().Length == 0)
            yield return "it names no role";
        if (draft.Benefit.Trim().Length == 0)
            yield return "it gives no benefit";
        if (draft.Criteria.Count is < LeastCriteria or > MostCriteria)
            yield return $"it has {draft.Criteria.Count} criteria instead of {LeastCriteria} to {MostCriteria}";
        if (draft.Criteria.Any(c => c.When.Trim().Length == 0 || c.Then.Trim().Length == 0 || c.Given.Trim().Length == 0))
            yield return "a criterion lacks its given, when or then";
        if (draft.Criteria.Select(c => c.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).Count() < draft.Criteria.Count)
            yield return "a criterion stands there twice";
        if (Parts(draft).Any(p => p.Length > LongestPart))
            yield return $"a part is longer than {LongestPart} characters";
        if (draft.Evidence.Count == 0)
            yield return "it quotes nothing of the item";
        if (draft.Evidence.Any(e => !holds(e)))
            yield return "a quote under evidence does not stand in the item";
        if (NewFacts(draft, texts).Any())
            yield return "a number, name or address in the story or its criteria does not stand in the item: it belongs under assumptions";
    }

    /// <summary>Facts of story and criteria that no text of the item holds.</summary>
    public static IEnumerable<string> NewFacts(StoryDraft draft, IReadOnlyCollection<string> texts)
    {
        var all = string.Join('\n', texts);
        return Parts(draft).SelectMany(p => Fact().Matches(p)).Select(m => m.Value.TrimEnd('.', ',')).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(fact => !Stands(fact, all));
    }

    private static IEnumerable<string> Parts(StoryDraft draft) =>
        [draft.Role, draft.Want, draft.Benefit, .. draft.Criteria.SelectMany(c => new[] { c.Given, c.When, c.Then })];

    /// <summary>As a whole: "12" does not stand in "120".</summary>
    private static bool Stands(string fact, string text)
    {
        for (var at = text.IndexOf(fact, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(fact, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at + fact.Length >= text.Length ? ' ' : text[at + fact.Length]);
            if (!(char.IsLetterOrDigit(before) && char.IsLetterOrDigit(fact[0])) && !(char.IsLetterOrDigit(after) && char.IsLetterOrDigit(fact[^1])))
                return true;
        }

        return false;
    }

    /// <summary>Addresses; numbers of two digits or more, or with a part after the point; words with signs or capitals inside, as code and files have.</summary>
    [GeneratedRegex(@"https?://\S+|\b\d+(?:[.,]\d+)+\b|\b\d{2,}\b|\b[\w-]+(?:[./\\_:]{1,2}[\w-]+)+|\b[a-z]+[A-Z]\w*|\b[A-Z]{2,}\d*[A-Z0-9]*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Fact();
}
