using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.Effort;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Evaluation;

public sealed class EffortEvaluationTests
{
    private static readonly string[] Topics = ["database schema migration", "login form button"];

    [Fact]
    public void Where_words_tell_the_size_the_error_is_below_that_of_the_median()
    {
        var result = Run(Items(120));

        var measured = result.Projects.ShouldHaveSingleItem().Value;
        measured.N.ShouldBe(24);
        measured.Baselines["median"][Figure.MaeRatioToMedian].ShouldBe(1);
        measured.Figures[Figure.MaeRatioToMedian].ShouldBeLessThan(0.2);
        result.Cases.Count.ShouldBe(24);
    }

    [Fact]
    public void The_sets_own_division_is_kept()
    {
        var items = Items(120).Select((item, i) => new LabelledItem(item, i, i < 50 ? "train" : i < 110 ? "val" : "test")).ToList();

        new EffortEvaluation().Run(new LabelledData(items), new Progress<string>(), CancellationToken.None).Pooled.N.ShouldBe(10);
    }

    [Fact]
    public void Small_projects_are_left_out_with_the_reason() => Run(Items(99)).LeftOut.ShouldHaveSingleItem().Value.ShouldContain("99 items have a size");

    [Fact]
    public void Sets_without_sizes_or_titles_are_refused()
    {
        Should.Throw<UserErrorException>(() => Run([.. Items(120).Select(i => i with { StoryPoints = null })])).Message.ShouldContain("story points");
        Should.Throw<UserErrorException>(() => Run([.. Items(120).Select(i => i with { Title = "" })])).Message.ShouldContain("titles");
    }

    private static List<WorkItem> Items(int count) => [.. Enumerable.Range(0, count).Select(i => An.Item(i, Topics[i * 7 % 11 % 2]) with
    {
        CreatedAt = An.Instant.AddHours(i),
        StoryPoints = i * 7 % 11 % 2 == 0 ? 1 : 8,
    })];

    private static EvaluationResult Run(IReadOnlyList<WorkItem> items) => new EffortEvaluation().Run(
        new LabelledData([.. items.Select((item, place) => new LabelledItem(item, place, null))]), new Progress<string>(), CancellationToken.None);
}
