using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Evaluation;

/// <summary>The evaluations of vague, stale and links.</summary>
public sealed class OpenQuestionEvaluationTests
{
    private static readonly IProgress<string> Silent = new Progress<string>();

    [Fact]
    public async Task The_labelled_set_gives_the_figures_of_the_rubric()
    {
        var items = await LabelledFile.ReadAsync([Fixture("clarity-set.jsonl")], TestContext.Current.CancellationToken);

        var result = new VagueEvaluation().Run(new LabelledData(items), Silent, TestContext.Current.CancellationToken);

        result.Projects["tuning, cross-validated"].N.ShouldBe(280);
        result.Projects["held back"].N.ShouldBe(139);
        result.Projects["held back"].Figures[Figure.F1].ShouldBeInRange(0.55, 0.75);
        result.Projects["held back"].Baselines["no_description"][Figure.F1].ShouldBe(0.565, 0.001);
        result.Pooled.Figures[Figure.Ece].ShouldBeLessThan(0.07);
    }

    [Fact]
    public void Items_that_nobody_judged_are_refused_with_the_way_to_judge_them() =>
        Should.Throw<UserErrorException>(() => new VagueEvaluation().Run(Data(An.Item(1, "one")), Silent, TestContext.Current.CancellationToken))
            .Message.ShouldContain("\"vague\": true or false");

    [Fact]
    public void Items_in_a_language_that_the_rules_cannot_read_are_silence_and_no_answer()
    {
        var data = new LabelledData([Judged(An.Item(1, "検索が遅い"), true), Judged(An.Item(2, "Rename FooBar.cs to Bar.cs in the parser module"), false)]);

        var result = new VagueEvaluation().Run(data, Silent, TestContext.Current.CancellationToken);

        result.Silent.ShouldBe(1);
        result.Cases.Count.ShouldBe(1);
    }

    [Fact]
    public void Silence_is_judged_by_what_was_known_and_what_came_afterwards()
    {
        var items = Enumerable.Range(1, 80).Select(n => Lively(n)).ToList();

        var result = new StaleEvaluation().Run(Data([.. items]), Silent, TestContext.Current.CancellationToken);

        result.Pooled.N.ShouldBeGreaterThan(100);
        result.Pooled.Figures[Figure.Accuracy].ShouldBeGreaterThan(result.Pooled.Baselines["everything"][Figure.Accuracy]);
        result.Cases.Count.ShouldBe(result.Pooled.N);
    }

    [Fact]
    public void A_project_without_dates_is_left_out_with_its_reason() =>
        Should.Throw<UserErrorException>(() => new StaleEvaluation().Run(
            Data([.. Enumerable.Range(1, 30).Select(n => An.Item(n, "item") with { CreatedAt = null })]), Silent, TestContext.Current.CancellationToken))
            .Message.ShouldContain("created_at and closed_at");

    [Fact]
    public void Stated_dependencies_are_counted_against_the_trackers_links_either_way_round()
    {
        var one = An.Item(1, "Split the parser", "Blocked by #2. See also #3.") with { Links = [new(LinkKind.BlockedBy, An.Ref(2))] };
        var three = An.Item(3, "Ship it", "Depends on #1.") with { Links = [new(LinkKind.RelatedTo, An.Ref(1))] };
        var four = An.Item(4, "Docs") with { Links = [new(LinkKind.Blocks, An.Ref(2))] };

        var result = new LinksEvaluation().Run(Data(one, An.Item(2, "Lexer"), three, four), Silent, TestContext.Current.CancellationToken);

        result.Pooled.N.ShouldBe(2);
        result.Pooled.Figures[Figure.Precision].ShouldBe(0.5);
        result.Pooled.Figures[Figure.Recall].ShouldBe(0.5);
        result.Pooled.Baselines["linked_anyhow"][Figure.Precision].ShouldBe(1);
        result.Pooled.Figures[Figure.Answered].ShouldBe(0.5);
    }

    [Fact]
    public void A_tracker_without_blocking_links_is_nothing_to_measure() =>
        Should.Throw<UserErrorException>(() => new LinksEvaluation().Run(Data(An.Item(1, "a", "Blocked by #2"), An.Item(2, "b")), Silent, TestContext.Current.CancellationToken));

    /// <summary>Every second item is closed two years after it was made; the others are touched each hundred days.</summary>
    private static WorkItem Lively(int n)
    {
        var made = An.Instant.AddDays(-2500 + (n * 10));
        var isDead = n % 2 == 0;
        var closed = made.AddDays(isDead ? 700 : 1000);
        return An.Item(n, $"item {n}") with
        {
            CreatedAt = made,
            UpdatedAt = closed,
            ClosedAt = closed,
            State = WorkItemState.Closed,
            Resolution = isDead ? "not_planned" : "completed",
            History = new WorkItemHistory
            {
                IsKnown = true,
                Events = [.. isDead ? [] : Enumerable.Range(1, 9).Select(t => new HistoryEvent("labeled", made.AddDays(t * 100), new Person("mika"), $"l{t}"))],
            },
        };
    }

    private static LabelledData Data(params WorkItem[] items) => new([.. items.Select((item, i) => new LabelledItem(item, i, null))]);

    private static LabelledItem Judged(WorkItem item, bool vague) => new(item, 0, null) { Vague = vague };

    private static string Fixture(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../fixtures", name));
}
