using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Reports;

public sealed class EmptyPartTests
{
    [Fact]
    public void A_part_that_no_step_could_judge_gives_the_commonest_reason()
    {
        var items = Enumerable.Range(1, 3).Select(n => An.Item(n)).ToList();

        var report = A.Report(items, items.Select(i => Finding.NotYet(StepName.Assignment, i.Ref, i == items[0] ? "Rare." : "The export holds no people.")));

        report.People.WhyEmpty.ShouldBe("The export holds no people.");
    }

    [Fact]
    public void A_part_that_was_judged_and_is_empty_says_that_nothing_was_found()
    {
        var item = An.Item(1);

        var report = A.Report([item], Finding.Nothing(StepName.Duplicates, item.Ref, "No similar item."));

        report.Duplicates.WhyEmpty.ShouldBe("No open item looks like a repetition of another.");
        report.Counts.Duplicates.ShouldBe(0);
    }

    [Fact]
    public void A_part_whose_step_did_not_run_says_so() => A.Report([An.Item(1)]).Effort.WhyEmpty.ShouldBe("The effort step did not run.");

    [Fact]
    public void An_empty_backlog_says_that_nothing_is_open()
    {
        var report = A.Report([]);

        report.Counts.Sentences().ShouldBe(["No items were read, so there is nothing to say yet."]);
        report.DoFirst.WhyEmpty.ShouldBe("No item is open.");
        report.Readiness.Grade.ShouldBeNull();
        report.Flow.WhyNoPeriods.ShouldNotBeNull();
    }

    [Fact]
    public void Items_that_could_not_be_judged_are_counted_beside_the_rows()
    {
        var (one, two) = (An.Item(1), An.Item(2));

        var report = A.Report([one, two], A.Finding(StepName.Effort, one, 3), Finding.NotYet(StepName.Effort, two.Ref, "No neighbours."));

        report.Effort.WhyEmpty.ShouldBeNull();
        report.Effort.Note.ShouldBe("1 could not be judged: No neighbours.");
    }
}
