using BenchmarkDotNet.Attributes;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Benchmarks.Parts;

/// <summary>Cutting texts into terms, indexing them, finding alike ones. Per item where not said otherwise.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private const int Hits = 50;

    private IReadOnlyList<WorkItem> items = [];
    private BacklogSnapshot backlog = null!;
    private int at;

    [GlobalSetup]
    public void Read()
    {
        items = SampleBacklog.Items();
        backlog = BacklogSnapshot.Build(items);
    }

    [Benchmark]
    public int Tokenise()
    {
        var terms = 0;
        Tokenizer.Scan(Next().Body, _ => terms++);
        return terms;
    }

    [Benchmark]
    public OutlinedItem Outline() => OutlinedItem.From(Next());

    [Benchmark(Description = "Index of the whole sample")]
    public SearchIndex BuildIndex() => SearchIndex.Build(items.Select(BacklogSnapshot.IndexedTextOf));

    [Benchmark]
    public IReadOnlyList<SearchHit> Search() => backlog.Index.Search(Next().Ref, Hits);

    [Benchmark(Description = "One item compared with its candidates for duplicates")]
    public float[][] Compare()
    {
        var item = backlog.Find(Next().Ref)!;
        var model = backlog.Model(DuplicateModel.Build);
        return model.Features(item, model.Candidates(item));
    }

    private WorkItem Next() => items[at = (at + 1) % items.Count];
}
