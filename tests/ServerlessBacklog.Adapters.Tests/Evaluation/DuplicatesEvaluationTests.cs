using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.Duplicates;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Evaluation;

public class DuplicatesEvaluationTests
{
    private static readonly Lazy<Task<Measured>> Sample = new(MeasureSampleAsync);

    /// <summary>What the scripts beside the data print for this tracker (all reports), to three decimals.</summary>
    [Theory]
    [InlineData("tfidf", 0.696, 0.826, 0.870, 0.935, 0.774, 0.757)]
    [InlineData("tfidf_title3", 0.696, 0.913, 0.913, 0.935, 0.784, 0.768)]
    [InlineData("bm25", 0.652, 0.848, 0.870, 0.913, 0.746, 0.724)]
    [InlineData("bm25_title3", 0.696, 0.848, 0.891, 0.913, 0.768, 0.739)]
    public async Task The_baselines_agree_with_the_published_scripts(string method, double at1, double at5, double at10, double at20, double mrr, double map)
    {
        var baseline = (await Sample.Value).Baselines[method];

        baseline[Figure.RecallAt1].ShouldBe(at1, 0.00051);
        baseline[Figure.RecallAt5].ShouldBe(at5, 0.00051);
        baseline[Figure.RecallAt10].ShouldBe(at10, 0.00051);
        baseline[Figure.RecallAt20].ShouldBe(at20, 0.00051);
        baseline[Figure.Mrr].ShouldBe(mrr, 0.00051);
        baseline[Figure.Map].ShouldBe(map, 0.00051);
    }

    [Fact]
    public async Task On_the_sample_the_ranking_beats_the_best_baseline()
    {
        var sample = await Sample.Value;

        sample.N.ShouldBe(46);
        sample.Figures[Figure.RecallAt10].ShouldBeGreaterThanOrEqualTo(0.93);
        sample.Figures[Figure.Map].ShouldBeGreaterThan(0.80);
        sample.Gains[Figure.Map].Low.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Confidences_of_the_sample_hold() => (await Sample.Value).Figures[Figure.Ece].ShouldBeLessThan(0.07);

    [Fact]
    public void Projects_whose_duplicates_cross_are_one_tracker_and_others_are_not()
    {
        List<LabelledItem> items =
        [
            Report("suite/writer", "1"), Report("suite/calc", "2", "1"), Report("alone", "1"), Report("other/a", "1"), Report("other/b", "1", "9"),
        ];

        TrackerGroups.Of(items).Select(t => (t.Name, t.Items.Count)).ShouldBe([("suite", 2), ("alone", 1), ("other/a", 1), ("other/b", 1)]);
    }

    [Fact]
    public void Two_duplicates_of_a_report_that_the_set_lacks_are_duplicates_and_the_ranking_does_not_count_them()
    {
        var groups = new DuplicateGroups([Report("p", "2", "1"), Report("p", "3", "1"), Report("p", "4", "3")]);

        groups.Earlier(1).ShouldBe([0]);
        groups.EarlierByLink(1).ShouldBeEmpty();
        groups.EarlierByLink(2).ShouldBe([1]);
    }

    [Fact]
    public void A_set_without_titles_is_refused_with_the_reason() =>
        Should.Throw<UserErrorException>(() => Run(Report("p", "1") with { Item = Report("p", "1").Item with { Title = "" } })).Message.ShouldContain("no titles");

    [Fact]
    public void A_set_without_duplicates_is_refused_with_the_reason() =>
        Should.Throw<UserErrorException>(() => Run(Report("p", "1"), Report("p", "2"))).Message.ShouldContain("duplicate_of");

    [Fact]
    public void Three_items_of_odd_texts_are_measured_without_a_fault()
    {
        var measured = Run(Report("p", "1"), Report("p", "2") with { Item = Report("p", "2").Item with { Title = "ü", Body = new string('x', 200_000) } }, Report("p", "3", "1"));

        measured.Pooled.N.ShouldBe(1);
    }

    private static EvaluationResult Run(params LabelledItem[] items) => new DuplicatesEvaluation().Run(new LabelledData(items), new Progress<string>(), CancellationToken.None);

    private static LabelledItem Report(string project, string id, params string[] duplicateOf) => new(
        new WorkItem
        {
            Ref = new WorkItemRef("file", project, id),
            Title = $"Report {id}",
            Links = [.. duplicateOf.Select(d => new WorkItemLink(LinkKind.DuplicateOf, new WorkItemRef("file", project, d)))],
        },
        0,
        null);

    private static async Task<Measured> MeasureSampleAsync()
    {
        using var encoder = new LocalEncoder();
        var items = await LabelledFile.ReadAsync([Path.Combine(Root(), "samples", "seamonkey.jsonl.gz")], CancellationToken.None);
        return new DuplicatesEvaluation().Run(new LabelledData(items) { Encoder = encoder }, new Progress<string>(), CancellationToken.None).Pooled;
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
