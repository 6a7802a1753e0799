using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class PriorityStepTests
{
    [Theory]
    [InlineData(PriorityFramework.Wsjf)]
    [InlineData(PriorityFramework.Rice)]
    [InlineData(PriorityFramework.Ice)]
    [InlineData(PriorityFramework.Moscow)]
    [InlineData(PriorityFramework.ValueEffort)]
    public void Factors_sum_to_the_score_with_inheritance(PriorityFramework framework)
    {
        WorkItem[] items =
        [
            An.Item(1, "Data loss: app loses my work") with { Severity = "critical", StoryPoints = 2, Links = [new(LinkKind.BlockedBy, An.Ref(2))] },
            An.Item(2, "Tidy the typo") with { Priority = "low", StoryPoints = 8 },
        ];
        var context = An.Context(items) with { Settings = new TriageSettings { Priority = new() { Framework = framework } } };

        foreach (var item in items)
        {
            var finding = new PriorityStep().Examine(item, context);
            finding.EvidenceOf(EvidenceKind.Factor).Sum(e => e.Value!.Value).ShouldBe(finding.Score!.Value, 0.001);
        }

        var lent = new PriorityStep().Examine(items[1], context).EvidenceOf(EvidenceKind.Factor).Last();
        lent.Text.ShouldBe("inherited from 1, which waits for it");
        lent.Item.ShouldBe(items[0].Ref);
    }

    [Fact]
    public void Defaults_are_shown_as_defaults()
    {
        var finding = Examine(An.Item(1));

        finding.EvidenceOf(EvidenceKind.Input).Select(e => e.Text).ShouldContain("job size = 3 (default: no estimate)");
        finding.Confidence.Value.ShouldBeLessThan(0.5);
        finding.Reason.ShouldBe("Like a typical item: nothing known sets it apart.");
    }

    [Fact]
    public void A_reason_names_the_strongest_facts() =>
        Examine(An.Item(1) with { Severity = "critical", StoryPoints = 8 }).Reason
            .ShouldBe("Severity 'critical', but 8 points estimated: below a typical item.");

    [Fact]
    public void An_item_without_a_goal_is_unaligned_and_one_with_a_goal_names_it()
    {
        var settings = new TriageSettings { Priority = new() { Goals = [new Goal("Trust", 1, ["crash"]) { Labels = ["reliability"] }] } };
        WorkItem[] items = [An.Item(1), An.Item(2, "Crash!"), An.Item(3) with { Labels = [new("Reliability")] }, An.Item(4, "Crashing")];
        var context = An.Context(items) with { Settings = settings };

        items.Select(i => new PriorityStep().Examine(i, context).EvidenceOf(EvidenceKind.Goal).Single().Text)
            .ShouldBe(["unaligned", "Trust", "Trust", "unaligned"]);
    }

    [Fact]
    public void A_stated_priority_is_left_alone()
    {
        Examine(An.Item(1) with { Priority = "P3" }).Proposals.ShouldBeEmpty();
        Examine(An.Item(1) with { Labels = [new("priority/high")] }).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void A_proposal_speaks_the_backlogs_own_words()
    {
        var others = Enumerable.Range(10, 9).Select(i => An.Item(i) with { Priority = i < 13 ? "Major" : i < 15 ? "major" : "Minor" });

        Value(Examine(An.Item(1) with { Severity = "critical", StoryPoints = 1 }, [.. others])).ShouldBe("Major");
        Value(Examine(An.Item(1) with { Severity = "critical", StoryPoints = 1 })).ShouldBe("P1");
    }

    [Fact]
    public void A_priority_guessed_from_text_alone_is_not_sure_enough_to_ask()
    {
        Examine(An.Item(1, "Crash on save")).Proposals.Single().Confidence.Value.ShouldBeLessThan(0.6);
        Examine(An.Item(1, "Security hole") with { Severity = "critical" }).Proposals.Single().Confidence.Value.ShouldBeInRange(0.6, 0.75);
    }

    [Fact]
    public void A_near_due_date_is_looked_at_again_tomorrow_and_an_undated_item_never()
    {
        Examine(An.Item(1) with { DueAt = An.Instant.AddDays(5) }).Due.ShouldBe(An.Instant.AddDays(1));
        Examine(An.Item(1) with { DueAt = An.Instant.AddDays(50) }).Due.ShouldBe(An.Instant.AddDays(7));
        Examine(An.Item(1) with { CreatedAt = null }).Due.ShouldBeNull();
    }

    [Fact]
    public void An_item_edited_since_the_snapshot_is_scored_as_it_is_now()
    {
        var stored = An.Item(1) with { Severity = "minor" };
        var context = An.Context(stored, An.Item(2));

        var edited = new PriorityStep().Examine(stored with { Severity = "critical" }, context);

        edited.Score!.Value.ShouldBeGreaterThan(new PriorityStep().Examine(stored, context).Score!.Value);
    }

    [Fact]
    public void A_closed_item_has_nothing_to_say() =>
        Examine(An.Item(1) with { State = WorkItemState.Closed }).Status.ShouldBe(FindingStatus.NothingToSay);

    private static Finding Examine(WorkItem item, params WorkItem[] others) => new PriorityStep().Examine(item, An.Context([item, .. others]));

    private static string Value(Finding finding) => finding.Proposals.Single().Change.ShouldBeOfType<SetField>().Value;
}
