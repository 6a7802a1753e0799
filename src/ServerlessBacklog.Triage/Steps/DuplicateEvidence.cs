using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>Says why two items count as duplicates: the canonical one by name, what both state, and where they differ.</summary>
internal static class DuplicateEvidence
{
    /// <summary>A verdict with fewer shared facts is no verdict (FEATURES §2, pain 3).</summary>
    private const int LeastShared = 2;

    /// <summary>Null when the two share too little to explain the verdict.</summary>
    public static IReadOnlyList<Evidence>? Of(OutlinedItem item, JudgedCandidate best, BacklogSnapshot backlog)
    {
        var shared = Shared(item, best.Candidate, backlog).ToList();
        if (shared.Count < LeastShared)
            return null;
        var via = best.Candidate.Item.Ref == best.Canonical.Item.Ref ? "" : $" (through its duplicate {best.Candidate.Item.Ref.Number})";
        var canonical = new Evidence(EvidenceKind.Duplicate, best.Canonical.Item.Title + via)
        {
            Item = best.Canonical.Item.Ref,
            Value = Math.Round(best.Probability, 3),
        };
        return [canonical, .. shared, .. Differing(item, best.Candidate)];
    }

    private static IEnumerable<Evidence> Shared(OutlinedItem item, OutlinedItem other, BacklogSnapshot backlog)
    {
        var overlap = backlog.Index.TitleOverlap(item.Item.Ref, other.Item.Ref);
        if (overlap > 0)
            yield return new Evidence(EvidenceKind.Shared, $"titles: {overlap:P0} of their words by weight") { Value = Math.Round(overlap, 3) };
        var terms = backlog.Index.SharedTerms(item.Item.Ref, other.Item.Ref, 6);
        if (terms.Count > 1)
            yield return new Evidence(EvidenceKind.Shared, $"words: {string.Join(", ", terms.Select(t => Spelled(t.Term, item, other)))}");
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            var both = Values(item, kind).Intersect(Values(other, kind)).Take(4).ToList();
            if (both.Count > 0)
                yield return new Evidence(EvidenceKind.Shared, $"{Word(kind)}: {string.Join(", ", both)}");
        }
    }

    /// <summary>A term as one of the titles spells it: the index knows words by their stems only.</summary>
    private static string Spelled(string term, params ReadOnlySpan<OutlinedItem> items)
    {
        foreach (var item in items)
        {
            foreach (var word in item.Item.Title.Split([' ', ',', '.', ':', ';', '/', '(', ')', '[', ']', '"', '\'']))
            {
                if (Tokenizer.Terms(word) is [var only, ..] && only == term)
                    return word.ToLowerInvariant();
            }
        }

        return term;
    }

    private static IEnumerable<Evidence> Differing(OutlinedItem item, OutlinedItem other)
    {
        foreach (var kind in Enum.GetValues<FactKind>())
        {
            var (here, there) = (Values(item, kind), Values(other, kind));
            if (here.Count > 0 && there.Count > 0 && !here.Intersect(there).Any())
                yield return new Evidence(EvidenceKind.Differs, $"{Word(kind)}: {string.Join(", ", here.Take(3))} against {string.Join(", ", there.Take(3))}");
        }

        if (item.Item.Areas.Count > 0 && other.Item.Areas.Count > 0 && !item.Item.Areas.Intersect(other.Item.Areas).Any())
            yield return new Evidence(EvidenceKind.Differs, $"area: {string.Join(", ", item.Item.Areas)} against {string.Join(", ", other.Item.Areas)}");
    }

    private static List<string> Values(OutlinedItem item, FactKind kind) => [.. item.Facts.Where(f => f.Kind == kind).Select(f => f.Value)];

    private static string Word(FactKind kind) => kind.ToString().ToLowerInvariant();
}
