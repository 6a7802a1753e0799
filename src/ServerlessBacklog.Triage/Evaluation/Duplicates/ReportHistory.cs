using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Evaluation.Duplicates;

/// <summary>One report as it came in.</summary>
/// <param name="Candidates">Earlier reports that were compared, by place.</param>
/// <param name="Behind">Earlier reports that share a word and were not compared, best first.</param>
/// <param name="Repeated">Earlier members of its group (<see cref="DuplicateGroups.Earlier"/>).</param>
/// <param name="RepeatedByLink">Those that the ranking is measured by.</param>
public sealed record AskedReport(int Place, IReadOnlyList<int> Candidates, IReadOnlyList<int> Behind, float[][] Features, IReadOnlyList<int> Repeated, IReadOnlyList<int> RepeatedByLink)
{
    /// <summary>What it teaches; null for a duplicate whose group was not among the candidates.</summary>
    public DuplicateCase? ToCase()
    {
        bool[] repeats = [.. Candidates.Select(Repeated.Contains)];
        return Repeated.Count == 0 || repeats.Contains(true) ? new DuplicateCase(Features, repeats) : null;
    }
}

/// <summary>Plays a tracker's reports in order.</summary>
public static class ReportHistory
{
    private const int Ranked = 1000;

    /// <param name="items">Of one tracker, oldest first.</param>
    public static IEnumerable<AskedReport> Replay(IReadOnlyList<LabelledItem> items, DuplicateGroups groups, ITextEncoder? encoder, CancellationToken cancellation)
    {
        var vocabulary = SearchIndex.Build(items.Select(i => BacklogSnapshot.IndexedTextOf(i.Item)));
        var compared = items.AsParallel().AsOrdered().WithCancellation(cancellation).Select(i => new ComparedItem(
            i.Item,
            vocabulary.TermsOf(i.Item.Ref),
            ItemFacts.Find(i.Item.Title, i.Item.Body),
            encoder?.Encode(EncodedText.Of(i.Item.Title, i.Item.Body)))).ToList();
        var stream = new ReportStream();
        for (var i = 0; i < items.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var candidates = stream.Candidates(compared[i], Ranked, out var behind);
            yield return new AskedReport(i, candidates, behind, stream.Compare(compared[i], candidates), groups.Earlier(i), groups.EarlierByLink(i));
            stream.Add(compared[i]);
        }
    }
}
