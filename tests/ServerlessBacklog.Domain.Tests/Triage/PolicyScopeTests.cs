using CsCheck;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class PolicyScopeTests
{
    private const string Step = "duplicates";

    [Theory]
    [InlineData(@"Shop\Checkout", @"Shop\Checkout", true)]
    [InlineData(@"Shop\Checkout", @"shop\checkout\Cards", true)]
    [InlineData(@"Shop\Checkout", @"Shop\CheckoutOld", false)]
    [InlineData(@"Shop\Checkout", @"Shop", false)]
    [InlineData(@"Shop\", @"Shop\Checkout", true)]
    [InlineData("ui", "UI", true)]
    public void An_area_holds_what_lies_below_it(string area, string ofItem, bool holds) =>
        new PolicyScope { Name = "s", Areas = [area] }.Holds(An.Item(1) with { Areas = [ofItem] }).ShouldBe(holds);

    [Fact]
    public void Labels_are_compared_without_case_and_one_is_enough() =>
        new PolicyScope { Name = "s", Labels = ["Bug", "docs"] }.Holds(An.Item(1) with { Labels = [new("bug")] }).ShouldBeTrue();

    [Fact]
    public void All_that_is_given_has_to_be_met()
    {
        var scope = new PolicyScope { Name = "s", Areas = ["ui"], Labels = ["bug"] };

        scope.Holds(An.Item(1) with { Areas = ["ui"] }).ShouldBeFalse();
        scope.Holds(An.Item(1) with { Labels = [new("bug")] }).ShouldBeFalse();
        scope.Holds(An.Item(1) with { Areas = ["ui"], Labels = [new("bug")] }).ShouldBeTrue();
    }

    [Fact]
    public void A_raised_share_keeps_every_item_that_it_held() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[0, 100], Gen.Int[0, 100], Gen.String[Gen.Char.AlphaNumeric, 1, 12]).Sample((number, one, other, name) =>
        {
            var (less, more) = (Math.Min(one, other), Math.Max(one, other));
            var item = An.Item(number);
            return !new PolicyScope { Name = name, Percent = less }.Holds(item) || new PolicyScope { Name = name, Percent = more }.Holds(item);
        });

    [Fact]
    public void No_percent_holds_nothing_and_all_percent_everything() =>
        Gen.Int[1, 1_000_000].Sample(number =>
            !new PolicyScope { Name = "s", Percent = 0 }.Holds(An.Item(number)) && new PolicyScope { Name = "s", Percent = 100 }.Holds(An.Item(number)));

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(75)]
    public void A_share_holds_about_as_many_items_as_it_says(int percent)
    {
        var scope = new PolicyScope { Name = "pilot", Percent = percent };

        // 4,000 independent draws: five standard deviations are at most four percent.
        (Enumerable.Range(1, 4000).Count(n => scope.Holds(An.Item(n))) / 40.0).ShouldBe(percent, 4);
    }

    [Fact]
    public void Two_scopes_of_the_same_share_hold_different_items()
    {
        var (one, other) = (new PolicyScope { Name = "one", Percent = 50 }, new PolicyScope { Name = "other", Percent = 50 });

        Enumerable.Range(1, 200).Count(n => one.Holds(An.Item(n)) != other.Holds(An.Item(n))).ShouldBeInRange(50, 150);
    }

    [Fact]
    public void Of_two_scopes_that_hold_an_item_the_later_wins()
    {
        var policy = Policy(Scope("all", Autonomy.Auto), Scope("careful", Autonomy.Shadow) with { Labels = ["security"] });

        policy.On(An.Item(1)).For(Step).Autonomy.ShouldBe(Autonomy.Auto);
        policy.On(An.Item(1) with { Labels = [new("security")] }).For(Step).Autonomy.ShouldBe(Autonomy.Shadow);
    }

    [Fact]
    public void A_scope_leaves_thresholds_and_other_steps_as_they_are()
    {
        var on = Policy(Scope("all", Autonomy.Suggest), new PolicyScope { Name = "new", Steps = new Dictionary<string, Autonomy> { ["never heard of"] = Autonomy.Auto } }).On(An.Item(1));

        on.For(Step).ShouldBe(new StepPolicy(Autonomy.Suggest, ApplyAt: 0.95));
        on.For("never heard of").ShouldBe(DecisionPolicy.Default.Fallback with { Autonomy = Autonomy.Auto });
        on.For("area").ShouldBe(DecisionPolicy.Default.For("area"));
    }

    [Fact]
    public void The_policy_of_an_item_is_folded_once() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[0, 100], Gen.Enum<Autonomy>()).Sample((number, percent, autonomy) =>
        {
            var once = Policy(Scope("share", autonomy) with { Percent = percent }).On(An.Item(number));
            return once.On(An.Item(number)).Version() == once.Version() && once.MayComment == (autonomy >= Autonomy.Suggest && once.For(Step).Autonomy == autonomy);
        });

    [Fact]
    public void The_version_tells_scopes_apart_and_not_the_order_of_their_steps()
    {
        PolicyScope A(params (string, Autonomy)[] steps) => new() { Name = "a", Steps = steps.ToDictionary(s => s.Item1, s => s.Item2) };

        Policy(A(("x", Autonomy.Auto), ("y", Autonomy.Off))).Version().ShouldBe(Policy(A(("y", Autonomy.Off), ("x", Autonomy.Auto))).Version());
        string[] versions = [Policy().Version(), Policy(A()).Version(), Policy(A() with { Percent = 10 }).Version(), Policy(A() with { Labels = ["l"] }).Version(), Policy(A(("x", Autonomy.Off))).Version()];
        versions.ShouldBeUnique();
    }

    private static DecisionPolicy Policy(params PolicyScope[] scopes) => DecisionPolicy.Default with { Scopes = scopes };

    private static PolicyScope Scope(string name, Autonomy autonomy) => new() { Name = name, Steps = new Dictionary<string, Autonomy> { [Step] = autonomy } };
}
