using BenchmarkDotNet.Attributes;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Benchmarks.Parts;

/// <summary>Each step on one open item of the sample, models built beforehand.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private IReadOnlyList<WorkItem> open = [];
    private StepContext context = null!;
    private ITriageStep step = null!;
    private int at;

    public static IEnumerable<string> Steps => TriageSteps.All.Select(s => s.Name);

    [ParamsSource(nameof(Steps))]
    public string Step { get; set; } = "";

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        var items = SampleBacklog.Items();
        open = [.. items.Where(i => i is { IsOpen: true, Kind: WorkItemKind.Item })];
        context = new StepContext { Now = items.Max(i => i.CreatedAt) ?? default, Backlog = BacklogSnapshot.Build(items) };
        step = TriageSteps.All.Single(s => s.Name == Step);
        var earlier = open.ToDictionary(i => i.Ref, _ => new List<Finding>());
        foreach (var before in TriageSteps.All.Where(s => s.Stage < step.Stage))
        {
            foreach (var finding in await before.ExamineAsync(open, context, CancellationToken.None))
                earlier[finding.Item].Add(finding);
        }

        context = context with { Earlier = earlier.ToDictionary(e => e.Key, e => (IReadOnlyList<Finding>)e.Value) };
        await step.ExamineAsync([open[0]], context, CancellationToken.None);
    }

    [Benchmark]
    public Task<IReadOnlyList<Finding>> Examine() =>
        step.ExamineAsync([open[at = (at + 1) % open.Count]], context, CancellationToken.None);
}
