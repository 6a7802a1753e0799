using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Priorities;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Priorities;

public sealed class RankingTests
{
    private static readonly string[] Severities = ["critical", "major", "normal", "minor", "trivial"];

    [Fact]
    public void The_same_backlog_in_any_order_ranks_the_same()
    {
        var items = Backlog(300);

        var forward = Order(An.Context(items));
        var backward = Order(An.Context(items.AsEnumerable().Reverse()));

        backward.ShouldBe(forward);
    }

    [Fact]
    public void Equal_scores_go_by_age_then_by_number()
    {
        var items = new[] { An.Item(10), An.Item(9), An.Item(11) with { CreatedAt = An.Instant.AddDays(-99) } };

        Order(An.Context(items)).ShouldBe(["11", "9", "10"]);
    }

    [Fact]
    public void A_blocker_stands_before_what_it_blocks_over_a_chain_of_three()
    {
        WorkItem[] items =
        [
            An.Item(1) with { Severity = "critical", Links = [new(LinkKind.BlockedBy, An.Ref(2))] },
            An.Item(2) with { Severity = "trivial", Links = [new(LinkKind.BlockedBy, An.Ref(3))] },
            An.Item(3) with { Severity = "trivial" },
            An.Item(4) with { Severity = "major" },
        ];

        Order(An.Context(items)).ShouldBe(["3", "2", "1", "4"]);
    }

    [Fact]
    public void Items_in_a_ring_rank_together()
    {
        WorkItem[] items =
        [
            An.Item(1) with { Severity = "critical", Links = [new(LinkKind.BlockedBy, An.Ref(2))] },
            An.Item(2) with { Severity = "trivial", Links = [new(LinkKind.BlockedBy, An.Ref(1))] },
            An.Item(3) with { Severity = "major" },
        ];

        var ranking = PriorityModel.Of(An.Context(items)).Ranking;

        ranking.Items[0].Value.ShouldBe(ranking.Items[1].Value, 1e-9);
        ranking.RankOf(An.Ref(3)).ShouldBe(3);
    }

    [Fact]
    public void Closed_items_and_pull_requests_are_not_ranked()
    {
        var ranking = PriorityModel.Of(An.Context(An.Item(1) with { State = WorkItemState.Closed }, An.Item(2) with { Kind = WorkItemKind.PullRequest })).Ranking;

        ranking.Items.ShouldBeEmpty();
        ranking.RankOf(An.Ref(1)).ShouldBeNull();
    }

    [Theory]
    [InlineData(PriorityFramework.Wsjf)]
    [InlineData(PriorityFramework.Rice)]
    [InlineData(PriorityFramework.Ice)]
    [InlineData(PriorityFramework.Moscow)]
    [InlineData(PriorityFramework.ValueEffort)]
    public void Doubling_a_goal_moves_only_the_items_that_serve_it(PriorityFramework framework)
    {
        var backlog = An.Context(Backlog(60));
        var before = Scores(backlog, framework, weight: 1);

        var after = Scores(backlog, framework, weight: 2);

        foreach (var (item, score) in before)
        {
            if (score.Facts.Goals.Any(g => g.Name == "Speed"))
                after[item].Own.Value.ShouldBeGreaterThan(score.Own.Value);
            else
                after[item].Value.ShouldBe(score.Value);
        }
    }

    [Fact]
    public void One_context_computes_its_model_once()
    {
        var context = An.Context(Backlog(5));

        PriorityModel.Of(context with { }).ShouldBeSameAs(PriorityModel.Of(context));
    }

    [Fact]
    public async Task Five_hundred_items_rank_in_two_seconds()
    {
        var items = Backlog(500);
        var clock = Stopwatch.StartNew();

        await new PriorityStep().ExamineAsync(items, An.Context(items), CancellationToken.None);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Ten_thousand_items_rank_in_seconds()
    {
        var context = An.Context(Backlog(10_000));
        var clock = Stopwatch.StartNew();

        var ranking = PriorityModel.Of(context).Ranking;

        ranking.Items.Count.ShouldBe(10_000);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    private static List<string> Order(StepContext context) => [.. PriorityModel.Of(context).Ranking.Items.Select(s => s.Item.Ref.Number)];

    private static Dictionary<WorkItemRef, PriorityScore> Scores(StepContext context, PriorityFramework framework, double weight)
    {
        var goals = new[] { new Goal("Speed", weight, ["slow"]), new Goal("Trust", 1, ["crash"]) };
        var settings = new PrioritySettings { Framework = framework, Goals = goals };
        return PriorityModel.Of(context with { Settings = new TriageSettings { Priority = settings } }).Ranking.Items.ToDictionary(s => s.Item.Ref);
    }

    /// <summary>Varied items without links.</summary>
    private static List<WorkItem> Backlog(int count) =>
    [
        .. Enumerable.Range(1, count).Select(i => An.Item(i, (i % 3) switch { 0 => "The list is slow", 1 => "Crash on save", _ => "Wrong colour" }) with
        {
            Severity = i % 4 == 0 ? null : Severities[i % 5],
            StoryPoints = i % 6 == 0 ? i % 13 : null,
            CreatedAt = An.Instant.AddDays(-(i * 37 % 900)),
            Reporter = new Person($"person{i % 50}"),
        }),
    ];
}
