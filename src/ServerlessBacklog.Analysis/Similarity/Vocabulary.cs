using System.Runtime.InteropServices;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>The terms of an index, numbered from 0 in order of first appearance.</summary>
internal sealed class Vocabulary
{
    /// <summary>Characters of a body that are read: what comes later is a log.</summary>
    public const int BodyLimit = 20_000;

    private readonly List<string> terms = [];
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public Vocabulary() => lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();

    public Vocabulary(IEnumerable<string> terms)
        : this()
    {
        foreach (var term in terms)
            Add(term);
    }

    public int Count => terms.Count;

    public IReadOnlyList<string> Terms => terms;

    public string Term(int id) => terms[id];

    public Vocabulary Copy() => new(terms);

    public int Add(ReadOnlySpan<char> term)
    {
        if (lookup.TryGetValue(term, out var id))
            return id;
        var text = term.ToString();
        id = terms.Count;
        terms.Add(text);
        ids.Add(text, id);
        return id;
    }

    /// <summary>Counts the known terms of a text; sorted by id. Safe for many threads while nobody adds.</summary>
    public TermCount[] CountKnown(string title, string body) =>
        Tally(title, body, (ReadOnlySpan<char> term, out int id) => lookup.TryGetValue(term, out id));

    /// <summary>Counts the terms of a text, adding new ones to the vocabulary; sorted by id.</summary>
    public TermCount[] CountAll(string title, string body) => Tally(title, body, (ReadOnlySpan<char> term, out int id) =>
    {
        id = Add(term);
        return true;
    });

    private delegate bool Identify(ReadOnlySpan<char> term, out int id);

    private static TermCount[] Tally(string title, string body, Identify identify)
    {
        var counts = new Dictionary<int, (int Title, int Body)>();
        Tokenizer.Scan(title, term =>
        {
            if (identify(term, out var id))
                CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _).Title++;
        });
        Tokenizer.Scan(body.AsSpan(0, Math.Min(body.Length, BodyLimit)), term =>
        {
            if (identify(term, out var id))
                CollectionsMarshal.GetValueRefOrAddDefault(counts, id, out _).Body++;
        });
        var result = new TermCount[counts.Count];
        var at = 0;
        foreach (var (term, (inTitle, inBody)) in counts)
            result[at++] = new TermCount(term, (byte)Math.Min(inTitle, 255), (byte)Math.Min(inBody, 255));
        Array.Sort(result, (a, b) => a.Term.CompareTo(b.Term));
        return result;
    }
}
