using System.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Similarity;

/// <summary>
/// The forward half of the index: which terms stand in which item. All items' terms lie in one array, item <c>i</c> from
/// <c>starts[i]</c> to <c>starts[i + 1]</c>. This is what a snapshot stores; the postings are made from it on load.
/// </summary>
internal sealed class IndexedTerms
{
    private const int Magic = 0x58494253; // "SBIX"
    private const int FormatVersion = 1;

    private readonly List<WorkItemRef> refs;
    private readonly int[] starts;
    private readonly TermCount[] terms;

    private IndexedTerms(Vocabulary vocabulary, List<WorkItemRef> refs, int[] starts, TermCount[] terms)
    {
        Vocabulary = vocabulary;
        this.refs = refs;
        this.starts = starts;
        this.terms = terms;
    }

    public Vocabulary Vocabulary { get; }

    public int Count => refs.Count;

    public WorkItemRef RefAt(int document) => refs[document];

    public ReadOnlySpan<TermCount> TermsAt(int document) => terms.AsSpan(starts[document], starts[document + 1] - starts[document]);

    public static IndexedTerms From(IEnumerable<IndexedText> texts) =>
        new IndexedTerms(new Vocabulary(), [], [0], []).With(texts, []);

    public IndexedTerms With(IEnumerable<IndexedText> changed, IEnumerable<WorkItemRef> removed)
    {
        var texts = new Dictionary<WorkItemRef, IndexedText>();
        foreach (var text in changed)
            texts[text.Ref] = text;
        var gone = removed.Concat(texts.Keys).ToHashSet();
        var vocabulary = Vocabulary.Copy();
        var newRefs = new List<WorkItemRef>(Count + texts.Count);
        var newStarts = new List<int>(Count + texts.Count + 1) { 0 };
        var newTerms = new List<TermCount>(terms.Length + texts.Count * 64);
        for (var i = 0; i < Count; i++)
        {
            if (!gone.Contains(refs[i]))
                Append(refs[i], TermsAt(i));
        }

        foreach (var text in texts.Values)
            Append(text.Ref, vocabulary.CountAll(text.Title, text.Body));
        return new IndexedTerms(vocabulary, newRefs, [.. newStarts], [.. newTerms]);

        void Append(WorkItemRef reference, ReadOnlySpan<TermCount> counts)
        {
            newRefs.Add(reference);
            newTerms.AddRange(counts);
            newStarts.Add(newTerms.Count);
        }
    }

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(Vocabulary.Count);
        foreach (var term in Vocabulary.Terms)
            writer.Write(term);
        writer.Write(Count);
        for (var i = 0; i < Count; i++)
        {
            writer.Write(refs[i].ToString());
            var counts = TermsAt(i);
            writer.Write7BitEncodedInt(counts.Length);
            var previous = 0;
            foreach (var (term, title, body) in counts)
            {
                writer.Write7BitEncodedInt(term - previous);
                writer.Write(title);
                writer.Write(body);
                previous = term;
            }
        }
    }

    public static IndexedTerms Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadInt32() != Magic || reader.ReadInt32() != FormatVersion)
            throw new InvalidDataException("This is no search index of this version.");
        var vocabulary = new Vocabulary(Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString()));
        var count = reader.ReadInt32();
        var refs = new List<WorkItemRef>(count);
        var starts = new List<int>(count + 1) { 0 };
        var terms = new List<TermCount>(count * 64);
        for (var i = 0; i < count; i++)
        {
            refs.Add(WorkItemRef.Parse(reader.ReadString()));
            var length = reader.Read7BitEncodedInt();
            var term = 0;
            for (var j = 0; j < length; j++)
            {
                term += reader.Read7BitEncodedInt();
                terms.Add(new TermCount(term, reader.ReadByte(), reader.ReadByte()));
            }

            starts.Add(terms.Count);
        }

        return new IndexedTerms(vocabulary, refs, [.. starts], [.. terms]);
    }
}
