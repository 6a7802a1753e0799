using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.Triage.Tests.Rollout;

public class ShadowDigestTests
{
    private static readonly Dictionary<WorkItemRef, string> NoTitles = [];
    private static readonly Dictionary<(WorkItemRef, string), string> NoReasons = [];

    [Fact]
    public void It_counts_by_step_and_names_the_surest_first()
    {
        var digest = ShadowDigest.Of(
            "owner/repo", An.Instant, [Decision(1, 0.95), Decision(2, 0.7), Decision(3, 0.99)],
            new Dictionary<WorkItemRef, string> { [An.Ref(3)] = "Crash on save" }, new Dictionary<(WorkItemRef, string), string> { [(An.Ref(3), "type")] = "It speaks of a crash." });

        digest.ShouldContain("| type | 2 | 1 | 3 |");
        digest.Split("## The surest")[1].TrimStart().ShouldStartWith("- github:owner/repo#3 Crash on save: would add label 'bug' (type, 0.99). It speaks of a crash.");
    }

    [Fact]
    public void No_more_than_ten_are_named() =>
        ShadowDigest.Of("b", An.Instant, [.. Enumerable.Range(1, 30).Select(i => Decision(i, 0.9))], NoTitles, NoReasons).Split("\n- ").Length.ShouldBe(11);

    [Fact]
    public void What_is_live_or_dropped_is_no_part_of_it()
    {
        var live = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto) }.Decide(An.Ref(1), "h", [Finding(1, 0.95)], An.Instant);

        ShadowDigest.Of("b", An.Instant, [live, Decision(2, 0.1)], NoTitles, NoReasons).ShouldContain("Nothing: of 2 decisions none would have led to a change.");
    }

    [Fact]
    public void A_title_is_text_and_calls_nobody()
    {
        var digest = ShadowDigest.Of("b", An.Instant, [Decision(1, 0.95)], new Dictionary<WorkItemRef, string> { [An.Ref(1)] = "<img src=x> @ada [x](http://e) | `a`\n# b" }, NoReasons);

        digest.ShouldContain(@"\<img src=x\> (at)ada \[x\](http://e) \| \`a\` # b");
    }

    private static Decision Decision(int number, double confidence) => DecisionPolicy.Default.Decide(An.Ref(number), "h", [Finding(number, confidence)], An.Instant);

    private static Finding Finding(int number, double confidence) => new()
    {
        Step = "type", Item = An.Ref(number), Status = FindingStatus.Decided, Reason = "Because.",
        Proposals = [new Proposal(new AddLabel(new Label("bug")), new Confidence(confidence))],
    };
}
