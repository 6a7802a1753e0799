using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity.Duplicates;

/// <summary>What is looked at of an item when it is compared with another.</summary>
public sealed class ComparedItem
{
    private readonly TermCount[] terms;

    /// <param name="terms">Terms of title and body, sorted by id, all from one vocabulary.</param>
    /// <param name="vector">What the text means; null where there is no encoder.</param>
    public ComparedItem(WorkItem item, ReadOnlySpan<TermCount> terms, IReadOnlyList<ItemFact> facts, TextVector? vector)
    {
        Ref = item.Ref;
        CreatedAt = item.CreatedAt;
        Areas = item.Areas;
        Vector = vector;
        this.terms = terms.ToArray();
        foreach (var term in terms)
        {
            TitleLength += term.Title;
            BodyLength += term.Body;
        }

        Trigrams = TrigramsOf(item.Title);
        ThingsInTitle = Facts(facts, f => f.InTitle && IsThing(f));
        Things = Facts(facts, IsThing);
        NumbersInTitle = Facts(facts, f => f.InTitle && f.Kind is FactKind.Number or FactKind.Version);
    }

    public WorkItemRef Ref { get; }

    public DateTimeOffset? CreatedAt { get; }

    public IReadOnlyList<string> Areas { get; }

    public TextVector? Vector { get; }

    public ReadOnlySpan<TermCount> Terms => terms;

    /// <summary>Terms of the title, repeated ones counted each time.</summary>
    public int TitleLength { get; }

    public int BodyLength { get; }

    /// <summary>Hashes of the triples of characters of the title, sorted: they survive spelling and inflection.</summary>
    public IReadOnlyList<int> Trigrams { get; }

    /// <summary>Sites, files and errors that the title names.</summary>
    public IReadOnlyList<string> ThingsInTitle { get; }

    public IReadOnlyList<string> Things { get; }

    /// <summary>Numbers and versions that the title names.</summary>
    public IReadOnlyList<string> NumbersInTitle { get; }

    private static bool IsThing(ItemFact fact) => fact.Kind is FactKind.Site or FactKind.File or FactKind.Error;

    private static string[] Facts(IReadOnlyList<ItemFact> facts, Func<ItemFact, bool> which) => [.. facts.Where(which).Select(f => f.Value).Distinct()];

    private static int[] TrigramsOf(string title)
    {
        var text = $" {string.Join(' ', Tokenizer.Terms(title))} ";
        var grams = new HashSet<int>();
        for (var i = 0; i + 3 <= text.Length; i++)
            grams.Add((((text[i] * 31) + text[i + 1]) * 1009) + text[i + 2]);
        int[] sorted = [.. grams];
        Array.Sort(sorted);
        return sorted;
    }
}
