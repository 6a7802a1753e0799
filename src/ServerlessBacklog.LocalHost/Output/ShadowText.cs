using System.Text.Json;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalHost.Commands;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>What the steps would have done without shadow mode, as Markdown or JSON.</summary>
internal static class ShadowText
{
    public static async Task<int> PrintAsync(IServiceProvider services, string backlog, bool asJson, CancellationToken cancellation)
    {
        var report = await services.GetRequiredService<Reporting>().LoadAsync(backlog, cancellation);
        var markdown = ShadowDigest.Of(
            backlog,
            report.AsOf,
            report.Decisions,
            report.Backlog.Items.Values.ToDictionary(o => o.Item.Ref, o => o.Item.Title),
            report.Findings.SelectMany(f => f.Value).ToDictionary(f => (f.Item, f.Step), f => f.Reason));
        if (asJson)
            Console.WriteLine(JsonSerializer.Serialize(new { Backlog = backlog, Steps = Counts(report.Decisions), Markdown = markdown }, OutputJson.Options));
        else
            Console.Write(markdown);
        return BacklogCommand.Done;
    }

    private static Dictionary<string, StepCount> Counts(IEnumerable<Decision> decisions) => decisions.SelectMany(d => d.Changes).Where(c => c.Verdict == Verdict.Drop && c.WouldBe != Verdict.Drop)
        .GroupBy(c => c.Step).ToDictionary(g => g.Key, g => new StepCount(g.Count(c => c.WouldBe == Verdict.Apply), g.Count(c => c.WouldBe == Verdict.Ask)));

    private sealed record StepCount(int Apply, int Ask);
}
