using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Reports;

public sealed class ReportBuilderTests
{
    private static readonly WorkItem One = An.Item(1, "One");
    private static readonly WorkItem Two = An.Item(2, "Two");
    private static readonly WorkItem Three = An.Item(3, "Three");
    private static readonly WorkItem Done = An.Item(9, "Done") with { State = WorkItemState.Closed, ClosedAt = An.Instant.AddDays(-1) };

    [Fact]
    public void Do_first_goes_by_score_and_keeps_the_factors()
    {
        var report = A.Report(
            [One, Two],
            A.Finding(StepName.Priority, One, 3, evidence: [new Evidence(EvidenceKind.Factor, "value") { Value = 1 }, new Evidence(EvidenceKind.Factor, "risk") { Value = 2 }]),
            A.Finding(StepName.Priority, Two, 5));

        report.DoFirst.Rows.Select(r => (r.Rank, r.Item.Title)).ShouldBe([(1, "Two"), (2, "One")]);
        report.DoFirst.Rows[1].Factors.ShouldBe([new Factor("risk", 2), new Factor("value", 1)]);
    }

    [Fact]
    public void Do_first_leaves_out_repetitions_and_blocked_items_and_says_so()
    {
        var report = A.Report(
            [One, Two, Three],
            A.Finding(StepName.Priority, One, 3),
            A.Finding(StepName.Priority, Two, 9),
            A.Finding(StepName.Priority, Three, 8),
            A.Finding(StepName.Duplicates, Two, evidence: A.Fact(EvidenceKind.Duplicate, One, 0.9)),
            A.Finding(StepName.Dependencies, Three, evidence: A.Fact(EvidenceKind.BlockedBy, One)));

        report.DoFirst.Rows.Select(r => r.Item.Title).ShouldBe(["One"]);
        report.DoFirst.Note.ShouldBe("2 items are left out: a repetition, or blocked by another open item.");
        report.Items.Select(i => (i.Item.Title, i.Rank)).ShouldBe([("Two", 1), ("Three", 2), ("One", 3)]);
    }

    [Fact]
    public void Duplicates_stand_under_the_item_to_keep_with_the_facts_about_that_pair()
    {
        var report = A.Report(
            [One, Two, Three, Done],
            A.Finding(StepName.Duplicates, One, evidence: A.Fact(EvidenceKind.Member, Two)),
            A.Finding(
                StepName.Duplicates, Two, evidence:
                [
                    A.Fact(EvidenceKind.Duplicate, One, 0.7), new Evidence(EvidenceKind.Shared, "same error"), new Evidence(EvidenceKind.Differs, "platform"),
                    A.Fact(EvidenceKind.Shared, Done),
                ]),
            A.Finding(StepName.Duplicates, Three, evidence: A.Fact(EvidenceKind.Duplicate, One, 0.9)));

        var cluster = report.Duplicates.Rows.ShouldHaveSingleItem();
        cluster.Canonical.Title.ShouldBe("One");
        cluster.Members.Select(m => (m.Item.Title, m.Probability)).ShouldBe([("Three", 0.9), ("Two", 0.7)]);
        cluster.Members[1].Shared.ShouldBe(["same error"]);
        cluster.Members[1].Differs.ShouldBe(["platform"]);
        report.Counts.Duplicates.ShouldBe(2);
    }

    [Fact]
    public void Vague_items_come_by_importance_with_what_to_ask()
    {
        var missing = new Evidence(EvidenceKind.Missing, "steps to reproduce");
        var report = A.Report(
            [One, Two, Three],
            A.Finding(StepName.Clarity, One, 0.1, evidence: missing),
            A.Finding(StepName.Clarity, Two, 0.4, evidence: [missing, new Evidence(EvidenceKind.Missing, "version"), new Evidence(EvidenceKind.Question, "Which version?")]),
            Finding.Nothing(StepName.Clarity, Three.Ref, "Clear."),
            A.Finding(StepName.Priority, One, 1),
            A.Finding(StepName.Priority, Two, 2));

        report.Vague.Rows.Select(v => v.Item.Title).ShouldBe(["Two", "One"]);
        report.Vague.Rows[0].Questions.ShouldBe(["Which version?"]);
        report.MissingParts.ShouldBe([new Tally("steps to reproduce", 2), new Tally("version", 1)]);
    }

    [Fact]
    public void Archive_candidates_come_before_items_that_are_only_silent()
    {
        var silent = new Evidence(EvidenceKind.Days, "silent") { Value = 900 };
        var report = A.Report(
            [One, Two, Three],
            A.Finding(StepName.Staleness, One, evidence: silent),
            A.Finding(StepName.Staleness, Two, evidence: new Evidence(EvidenceKind.LowValue, "old version"))
                with { Proposals = [new Proposal(new Close(CloseReason.NotPlanned), new Confidence(0.7))] },
            Finding.Nothing(StepName.Staleness, Three.Ref, "Spared.") with { Evidence = [new Evidence(EvidenceKind.Exempt, "security")] });

        report.Stale.Rows.Select(s => (s.Item.Title, s.Archive?.Value, s.SilentDays)).ShouldBe([("Two", 0.7, null), ("One", null, 900)]);
        report.Counts.Archive.ShouldBe(1);
        report.Stale.Note.ShouldBe("1 item is spared by a rule (votes, labels, security).");
    }

    [Fact]
    public void A_chain_is_told_once_from_both_ends_and_closed_blockers_are_dropped()
    {
        var report = A.Report(
            [One, Two, Three, Done],
            A.Finding(StepName.Dependencies, One, evidence: A.Fact(EvidenceKind.Blocks, Two)),
            A.Finding(StepName.Dependencies, Two, evidence: [A.Fact(EvidenceKind.BlockedBy, One), A.Fact(EvidenceKind.BlockedBy, Done)]),
            A.Finding(StepName.Dependencies, Three, evidence: A.Fact(EvidenceKind.Suspected, Two)));

        var group = report.Blocked.Rows.ShouldHaveSingleItem();
        group.Edges.ShouldBe([new WaitEdge(One.Ref, Two.Ref), new WaitEdge(Two.Ref, Three.Ref, IsSuspected: true)]);
        group.LongestChain.ShouldBe(3);
        report.Counts.Blocked.ShouldBe(1, "a suspicion alone does not block");
    }

    [Fact]
    public void A_ring_has_no_longest_chain()
    {
        var report = A.Report(
            [One, Two],
            A.Finding(StepName.Dependencies, One, evidence: A.Fact(EvidenceKind.BlockedBy, Two)),
            A.Finding(StepName.Dependencies, Two, evidence: [A.Fact(EvidenceKind.BlockedBy, One), new Evidence(EvidenceKind.Cycle, "1 → 2 → 1")]));

        report.Blocked.Rows[0].LongestChain.ShouldBeNull();
        report.Blocked.Rows[0].Cycles.ShouldBe(["1 → 2 → 1"]);
    }

    [Fact]
    public void Estimates_sum_with_their_ranges()
    {
        Evidence[] range = [new(EvidenceKind.Low, "low") { Value = 1 }, new(EvidenceKind.High, "high") { Value = 8 }];

        var report = A.Report([One, Two], A.Finding(StepName.Effort, One, 3, evidence: range), A.Finding(StepName.Effort, Two, 5));

        report.EffortTotals.ShouldSatisfyAllConditions(
            t => (t.Estimated, t.Points, t.Low, t.High).ShouldBe((2, 8, 6, 13)),
            t => t.Sizes.ShouldBe([new Tally("over 1 to 3", 1), new Tally("over 3 to 5", 1)]));
    }

    [Fact]
    public void People_carry_what_is_assigned_and_get_what_is_proposed()
    {
        var carried = One with { Assignees = [new Person("Ada")] };
        var report = A.Report(
            [carried, Two],
            A.Finding(StepName.Assignment, Two, evidence: new Evidence(EvidenceKind.Candidate, "ada: 5 similar items") { Value = 0.8 })
                with { Proposals = [new Proposal(new Assign(new Person("ada")), new Confidence(0.8))] });

        report.Loads.ShouldBe([new PersonLoad("Ada", 1, 1, 10)]);
        report.People.Rows[0].Candidates.ShouldBe([new Candidate("ada: 5 similar items", 0.8)]);
    }

    [Fact]
    public void Type_proposals_show_what_stands_there_now()
    {
        var typed = One with { Type = "task" };
        var report = A.Report([typed], A.Finding(StepName.Type, typed) with { Proposals = [new Proposal(new SetField(WorkItemField.Type, "bug"), new Confidence(0.9))] });

        report.TypeAndArea.Rows.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Now.ShouldBe("task"), r => r.Proposed.ShouldBe("bug"));
    }

    [Fact]
    public void The_summary_counts_only_what_could_be_judged()
    {
        var report = A.Report([One, Two, Done], A.Finding(StepName.Duplicates, Two, evidence: A.Fact(EvidenceKind.Duplicate, One, 0.9)));

        report.Counts.Sentences().ShouldBe(["2 open items, 3 read.", "1 may be a duplicate of another."]);
        report.Counts.Vague.ShouldBeNull();
    }

    [Fact]
    public void Pull_requests_are_no_items()
    {
        var report = A.Report([One, Two with { Kind = WorkItemKind.PullRequest }]);

        (report.Counts.Read, report.Counts.Open, report.Counts.PullRequests).ShouldBe((1, 1, 1));
        report.Items.ShouldHaveSingleItem();
    }

    [Fact]
    public void Verdicts_are_counted_per_step_as_if_shadow_mode_were_off()
    {
        var finding = A.Finding(StepName.Type, One) with { Proposals = [new Proposal(new SetField(WorkItemField.Type, "bug"), new Confidence(0.95))] };
        var decision = DecisionPolicy.Default.Decide(One.Ref, "hash", [finding], An.Instant);

        var report = ReportBuilder.Build(A.Input([One], finding) with { Decisions = [decision] });

        report.Verdicts.ShouldBe([new VerdictTally("type", 1, 0, 0, Autonomy.Shadow)]);
        report.IsShadow.ShouldBeTrue();
    }

    [Fact]
    public void A_long_title_is_cut_without_splitting_a_character()
    {
        var line = ItemLine.From(An.Item(1, string.Concat(Enumerable.Repeat("😀", 3000))));

        line.Title.Length.ShouldBeLessThanOrEqualTo(ItemLine.MaxTitle);
        line.Title[..^1].EnumerateRunes().ShouldAllBe(r => r.Value == 0x1F600);
    }

    [Fact]
    public void Parts_show_fifty_rows_and_know_the_rest()
    {
        var items = Enumerable.Range(1, 60).Select(n => An.Item(n)).ToList();

        var report = A.Report(items, items.Select(i => A.Finding(StepName.Effort, i, 3)));

        (report.Effort.Rows.Count, report.Effort.Total, report.Effort.More).ShouldBe((50, 60, 10));
        report.Items.Count.ShouldBe(60);
    }
}
