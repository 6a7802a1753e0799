using CsCheck;
using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Scoring;

public sealed class FrameworkTests
{
    private static readonly Framework[] All = [Wsjf.Framework, Rice.Framework, Ice.Framework, Moscow.Framework, ValueEffort.Framework];

    private static readonly Gen<WeighedItem> AnyFacts = Gen.Select(
        Gen.Int[0, 511],
        OneOf<string?>(null, "P1", "P2", "normal", "low", "trivial", "???"),
        OneOf<string?>(null, "critical", "major", "minor", "trivial"),
        OneOf<double?>(null, 0, 0.1, 1, 5, 400, double.NaN),
        Gen.Int[-5000, 2000],
        Gen.Int[1, 5000],
        Gen.Double[0, 50],
        Gen.Int[0, 30]).Select((signals, priority, severity, points, days, people, weight, blocks) => Facts(
            An.Item(1) with
            {
                Priority = priority,
                Severity = severity,
                StoryPoints = points,
                CreatedAt = An.Instant.AddDays(-Math.Abs(days)),
                DueAt = days % 3 == 0 ? An.Instant.AddDays(days) : null,
            },
            (TextSignals)signals) with
        {
            Demand = new Demand(people, true, "people ask"),
            Goals = weight == 0 ? [] : [new AlignedGoal("g", weight, "m")],
            Blocks = blocks,
        });

    [Fact]
    public void Contributions_sum_to_the_score_and_to_the_formula_in_every_framework() => AnyFacts.Sample(facts =>
    {
        foreach (var framework in All)
        {
            var score = framework.Score(facts);
            score.Contributions.Sum(c => c.Value).ShouldBe(score.Value, 1e-9);
            framework.Formula.Score(score.Inputs).ShouldBe(score.Value, 1e-6);
            double.IsFinite(score.Value).ShouldBeTrue();
        }
    });

    [Fact]
    public void Frameworks_apply_the_published_formulas_to_their_inputs() => AnyFacts.Sample(facts =>
    {
        double[] wsjf = Values(Wsjf.Framework), rice = Values(Rice.Framework), ice = Values(Ice.Framework), moscow = Values(Moscow.Framework);

        Wsjf.Framework.Score(facts).Value.ShouldBe(Wsjf.Score(new WsjfInputs(wsjf[0], wsjf[1], wsjf[2], wsjf[3])), 1e-6);
        Rice.Framework.Score(facts).Value.ShouldBe(Rice.Score(new RiceInputs(rice[0], rice[1], Math.Min(1, rice[2]), rice[3])), 1e-6);
        Ice.Framework.Score(facts).Value.ShouldBe(Ice.Score(new IceInputs(ice[0], Math.Min(10, ice[1]), ice[2])), 1e-6);
        Moscow.Framework.Score(facts).Value.ShouldBe(Moscow.Score(new MoscowInputs((MoscowClass)moscow[0], moscow[1], moscow[2])), 1e-6);

        double[] Values(Framework framework) => [.. framework.Inputs(facts).Select(i => i.Value)];
    });

    [Fact]
    public void A_vote_drive_moves_an_input_by_at_most_the_cap() => Gen.Select(AnyFacts, Gen.Double[0, 3]).Sample((facts, cap) =>
    {
        var capped = facts with { DemandCap = cap };
        var quiet = capped with { Demand = Demand.Unknown };

        var moved = FactInputs.Value(capped, "v").Value - FactInputs.Value(quiet, "v").Value;

        moved.ShouldBeInRange(-1e-9, cap + 1e-9);
    });

    [Fact]
    public void More_people_never_lower_a_score() => Gen.Select(AnyFacts, Gen.Int[1, 500]).Sample((facts, more) =>
    {
        var louder = facts with { Demand = facts.Demand with { People = facts.Demand.People + more } };
        foreach (var framework in All)
            framework.Score(louder).Value.ShouldBeGreaterThanOrEqualTo(framework.Score(facts).Value - 1e-9);
    });

    [Fact]
    public void A_heavier_goal_raises_every_item_that_serves_it() => Gen.Select(AnyFacts, Gen.Double[0.1, 20]).Sample((facts, weight) =>
    {
        var aligned = facts with { Goals = [new AlignedGoal("g", weight, "m")] };
        var doubled = facts with { Goals = [new AlignedGoal("g", 2 * weight, "m")] };
        foreach (var framework in All)
            framework.Score(doubled).Value.ShouldBeGreaterThan(framework.Score(aligned).Value);
    });

    [Fact]
    public void A_graver_severity_never_lowers_a_score() => Gen.Select(AnyFacts, Gen.Int[2, 5]).Sample((facts, severity) =>
    {
        foreach (var framework in All)
            framework.Score(With($"S{severity - 1}")).Value.ShouldBeGreaterThanOrEqualTo(framework.Score(With($"S{severity}")).Value - 1e-9, framework.Name);

        WeighedItem With(string word) => Facts(facts.Item with { Severity = word }, facts.Signals) with { Demand = facts.Demand, Goals = facts.Goals, Blocks = facts.Blocks };
    });

    [Fact]
    public void A_bigger_estimate_never_raises_a_score() => Gen.Select(AnyFacts, Gen.Double[0.1, 50], Gen.Double[0.1, 50]).Sample((facts, points, more) =>
    {
        foreach (var framework in All)
            framework.Score(With(points + more)).Value.ShouldBeLessThanOrEqualTo(framework.Score(With(points)).Value + 1e-9);

        WeighedItem With(double size) => Facts(facts.Item with { StoryPoints = size }, facts.Signals) with { Demand = facts.Demand };
    });

    [Fact]
    public void Age_lifts_what_matters_and_sinks_what_does_not()
    {
        var framework = Wsjf.Framework;

        framework.Score(Aged("major", 900)).Value.ShouldBeGreaterThan(framework.Score(Aged("major", 9)).Value);
        framework.Score(Aged(null, 900)).Value.ShouldBe(framework.Score(Aged(null, 9)).Value, 1e-9);
        framework.Score(Aged("minor", 900)).Value.ShouldBeLessThan(framework.Score(Aged("minor", 9)).Value);

        static WeighedItem Aged(string? severity, int days) => Facts(An.Item(1) with { Severity = severity, CreatedAt = An.Instant.AddDays(-days) });
    }

    [Fact]
    public void Data_loss_without_a_vote_stands_above_a_popular_misprint()
    {
        var quiet = Facts(An.Item(1), TextSignals.DataLoss);
        var popular = Facts(An.Item(2), TextSignals.Cosmetic) with { Demand = new Demand(2000, true, "2000 people") };

        foreach (var framework in new[] { Wsjf.Framework, Moscow.Framework })
            framework.Score(quiet).Value.ShouldBeGreaterThan(framework.Score(popular).Value, framework.Name);
    }

    [Fact]
    public void An_absent_estimate_is_a_default_that_says_so() =>
        FactInputs.Effort(Facts(An.Item(1)), "effort").ToString().ShouldBe("effort = 3 (default: no estimate)");

    [Fact]
    public void A_priority_label_counts_where_the_field_is_empty() =>
        Facts(An.Item(1) with { Labels = [new("bug"), new("priority: high")] }).Priority.ShouldBe(2);

    [Theory]
    [InlineData("must have", null, 400)]
    [InlineData("should", null, 300)]
    [InlineData("won't have", "critical", 100)]
    [InlineData(null, "critical", 400)]
    [InlineData(null, null, 200)]
    public void Moscow_takes_the_class_that_people_state_before_what_it_infers(string? priority, string? severity, double hundred) =>
        Moscow.Framework.Score(Facts(An.Item(1) with { Priority = priority, Severity = severity })).Value.ShouldBeInRange(hundred, hundred + 99);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static WeighedItem Facts(WorkItem item, TextSignals signals = TextSignals.None) => new(item, signals, An.Instant);
}
