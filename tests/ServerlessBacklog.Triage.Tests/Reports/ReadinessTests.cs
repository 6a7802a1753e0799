using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Reports;

public sealed class ReadinessTests
{
    private static readonly WorkItem Full = An.Item(1, "Full", "What, why and how.") with
    {
        Type = "bug",
        Priority = "P1",
        Areas = ["editor"],
        Assignees = [new Person("ada")],
        StoryPoints = 3,
        History = new WorkItemHistory { IsKnown = true },
    };

    [Fact]
    public void Data_that_holds_everything_gets_an_a_and_no_fixes()
    {
        var readiness = Readiness.Of(A.Input([Full], Finding.Nothing(StepName.Duplicates, Full.Ref, "None.")));

        (readiness.Score, readiness.Grade).ShouldBe((100, ReadinessGrade.A));
        readiness.Fixes.ShouldBeEmpty();
        readiness.Checks.Sum(c => c.Weight).ShouldBe(100);
    }

    [Fact]
    public void The_largest_gain_is_named_first()
    {
        var bare = Full with { Ref = An.Ref(2), Body = " \n", Type = null };

        var readiness = Readiness.Of(A.Input([Full, bare], Finding.Nothing(StepName.Duplicates, Full.Ref, "None.")));

        readiness.Fixes.Select(f => (f.Check, f.Gain)).ShouldBe([("Description", 7.5), ("Type", 4)]);
    }

    [Fact]
    public void Checks_that_nobody_could_make_count_neither_way()
    {
        var readiness = Readiness.Of(A.Input([Full with { CreatedAt = null }]));

        readiness.Checks.Where(c => c.Share is null).Select(c => c.Name).ShouldBe(["Free of duplicates", "Younger than two years"]);
        readiness.Score.ShouldBe((int)Math.Round(100 * 75 / 85.0));
    }

    [Fact]
    public void Unreadable_records_and_duplicates_and_old_items_cost_points()
    {
        var old = Full with { Ref = An.Ref(2), CreatedAt = An.Instant.AddDays(-Readiness.OldAfterDays) };
        var input = A.Input([Full, old], A.Finding(StepName.Duplicates, old, evidence: A.Fact(EvidenceKind.Duplicate, Full, 0.9)), Finding.Nothing(StepName.Duplicates, Full.Ref, "None."));

        var readiness = Readiness.Of(input with { Problems = [new ReadProblem("line 3", "No title."), new ReadProblem("line 4", "No title.")] });

        readiness.Fixes.Select(f => (f.Check, f.Gain)).ShouldBe([("Readable records", 5), ("Free of duplicates", 4), ("Younger than two years", 3.5)]);
    }

    [Theory]
    [InlineData(85, ReadinessGrade.A)]
    [InlineData(84, ReadinessGrade.B)]
    [InlineData(69, ReadinessGrade.C)]
    [InlineData(54, ReadinessGrade.D)]
    [InlineData(39, ReadinessGrade.E)]
    public void Grades_begin_where_the_page_says(int score, ReadinessGrade grade) => Readiness.GradeOf(score).ShouldBe(grade);

    [Fact]
    public void The_gains_add_up_to_what_is_missing() => Gen.Bool.Array[6].List[1, 12].Sample(rows =>
    {
        var items = rows.Select((has, i) => An.Item(i + 1, "Item", has[0] ? "text" : "") with
        {
            Type = has[1] ? "bug" : null,
            Priority = has[2] ? "P2" : null,
            StoryPoints = has[3] ? 2 : null,
            CreatedAt = has[4] ? An.Instant.AddDays(-800) : An.Instant,
            Assignees = has[5] ? [new Person("ada")] : [],
        });

        var readiness = Readiness.Of(A.Input(items));

        (readiness.Score!.Value + readiness.Fixes.Sum(f => f.Gain)).ShouldBe(100, 1.2);
    });
}
