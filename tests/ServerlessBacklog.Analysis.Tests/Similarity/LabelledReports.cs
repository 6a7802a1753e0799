using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Tests.Similarity;

/// <summary>The sample's reports in time order, indexed, with what the tracker and the hand-made labels say of their pairs.</summary>
internal sealed class LabelledReports
{
    private readonly Dictionary<WorkItemRef, int> order;
    private readonly Dictionary<WorkItemRef, IReadOnlyList<ItemFact>> facts;
    private readonly Dictionary<WorkItemRef, WorkItemRef> group;
    private readonly Dictionary<(WorkItemRef Newer, WorkItemRef Older), string> labels;

    private LabelledReports(List<Report> reports, Dictionary<(WorkItemRef, WorkItemRef), string> labels)
    {
        this.labels = labels;
        Refs = [.. reports.Select(r => r.Ref)];
        order = Refs.Select((r, i) => (r, i)).ToDictionary(p => p.r, p => p.i);
        facts = reports.ToDictionary(r => r.Ref, r => ItemFacts.Find(r.Title, r.Body));
        group = Refs.ToDictionary(r => r, r => r);
        foreach (var report in reports)
        {
            foreach (var target in report.DuplicateOf.Where(group.ContainsKey))
                group[Root(report.Ref)] = Root(target);
        }

        Index = SearchIndex.Build(reports.Select(r => new IndexedText(r.Ref, r.Title, r.Body)));
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<WorkItemRef> Refs { get; }

    public SearchIndex Index { get; }

    public IReadOnlyList<SearchHit> Earlier(WorkItemRef report, int limit) =>
        Index.Search(report, limit, hit => order[hit] < order[report]);

    public bool SameGroup(WorkItemRef left, WorkItemRef right) => Root(left) == Root(right);

    public bool HasEarlierMember(WorkItemRef report) => Refs.Take(order[report]).Any(r => SameGroup(r, report));

    /// <summary>The <paramref name="perReport"/> likeliest earlier reports of each report; a label overrides the tracker, unsure ones are left out.</summary>
    public List<(DuplicatePair Pair, bool Duplicate)> Pairs(int perReport) =>
    [
        .. from newer in Refs
           from hit in Earlier(newer, perReport)
           let label = labels.GetValueOrDefault((newer, hit.Item))
           where label != "unsure"
           select (DuplicatePair.Compare(Index, newer, facts[newer], hit.Item, facts[hit.Item]),
               label is null ? SameGroup(newer, hit.Item) : label == "duplicate"),
    ];

    public static LabelledReports Read([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        using var packed = new GZipStream(File.OpenRead(Path.Combine(root, "samples", "seamonkey.jsonl.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(packed);
        var reports = new List<Report>();
        while (reader.ReadLine() is { } line)
            reports.Add(ReadReport(line));
        var labels = File.ReadLines(Path.Combine(root, "tests", "fixtures", "duplicate-labels.tsv")).Skip(1)
            .Select(l => l.Split('\t'))
            .ToDictionary(c => (Ref(c[0]), Ref(c[1])), c => c[2]);
        return new LabelledReports([.. reports.OrderBy(r => r.CreatedAt).ThenBy(r => long.Parse(r.Ref.Number, CultureInfo.InvariantCulture))], labels);
    }

    private static Report ReadReport(string line)
    {
        using var json = JsonDocument.Parse(line);
        var report = json.RootElement;
        return new Report(
            Ref(report.GetProperty("id").GetString()!),
            report.GetProperty("title").GetString()!,
            report.TryGetProperty("body", out var body) ? body.GetString()! : "",
            report.GetProperty("created_at").GetDateTimeOffset(),
            report.TryGetProperty("duplicate_of", out var targets) ? [.. targets.EnumerateArray().Select(t => Ref(t.GetString()!))] : []);
    }

    private static WorkItemRef Ref(string number) => new("file", "seamonkey", number);

    private WorkItemRef Root(WorkItemRef report)
    {
        while (group[report] != report)
            report = group[report];
        return report;
    }

    private sealed record Report(WorkItemRef Ref, string Title, string Body, DateTimeOffset CreatedAt, IReadOnlyList<WorkItemRef> DuplicateOf);
}
