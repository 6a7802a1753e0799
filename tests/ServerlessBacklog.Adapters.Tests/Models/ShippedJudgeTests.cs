using System.Globalization;
using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Similarity.Duplicates;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Evaluation.Duplicates;

namespace ServerlessBacklog.Adapters.Tests.Models;

public class ShippedJudgeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_shipped_weights_are_what_the_sample_teaches(bool withEncoder)
    {
        using var encoder = withEncoder ? new LocalEncoder() : null;
        var byHand = ByHand();
        var items = (await LabelledFile.ReadAsync([InRepository("samples", "seamonkey.jsonl.gz")], TestContext.Current.CancellationToken))
            .Select(i => i with { Item = i.Item with { Links = [.. i.Item.Links, .. byHand[i.Item.Ref.Number].Select(t => new WorkItemLink(LinkKind.DuplicateOf, new WorkItemRef(i.Item.Ref.Tracker, i.Item.Ref.Project, t)))] } })
            .OrderBy(i => i.Item, Chronology.Order).ToList();
        List<DuplicateCase> cases =
            [.. ReportHistory.Replay(items, new DuplicateGroups(items), encoder, TestContext.Current.CancellationToken).Select(r => r.ToCase()).OfType<DuplicateCase>()];

        var learned = ShippedJudge.Guess.Learn([.. cases.Where(c => c.IsDuplicate)], cases);

        var shipped = ShippedJudge.For(withEncoder);
        var said = $"\nranking {Text(learned.Ranking.Weights)}\nverdict {Text([learned.Verdict.Bias, .. learned.Verdict.Weights])}\ncalibration {Text([learned.Calibration.Bias, .. learned.Calibration.Weights])}";
        Furthest(shipped.Ranking.Weights, learned.Ranking.Weights).ShouldBeLessThan(0.1, said);
        Furthest(shipped.Verdict.Weights, learned.Verdict.Weights).ShouldBeLessThan(0.1, said);
        shipped.Verdict.Bias.ShouldBe(learned.Verdict.Bias, 0.1, said);
        shipped.Calibration.Bias.ShouldBe(learned.Calibration.Bias, 0.1, said);
        Furthest(shipped.Calibration.Weights, learned.Calibration.Weights).ShouldBeLessThan(0.1, said);
    }

    private static double Furthest(IReadOnlyList<double> left, IReadOnlyList<double> right) => left.Zip(right, (l, r) => Math.Abs(l - r)).Max();

    private static string Text(IEnumerable<double> weights) => string.Join(", ", weights.Select(w => w.ToString("0.00", CultureInfo.InvariantCulture)));

    /// <summary>Pairs that a reader called duplicates and the tracker does not link (tests/fixtures/README.md), by the newer one.</summary>
    private static ILookup<string, string> ByHand() => File.ReadLines(InRepository("tests", "fixtures", "duplicate-labels.tsv")).Skip(1)
        .Select(l => l.Split('\t')).Where(c => c[2] == "duplicate").ToLookup(c => c[0], c => c[1]);

    private static string InRepository(params ReadOnlySpan<string> path) => Path.Combine(Root(), Path.Combine(path));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
