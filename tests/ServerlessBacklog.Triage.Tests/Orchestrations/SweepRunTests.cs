using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>A sweep on the real runner: pages, generations, lost plans and crashes. What it finds is tested in <see cref="SweepBacklogTests"/>.</summary>
public class SweepRunTests
{
    private const int PageSize = PlanSweep.PageSize;

    [Fact]
    public async Task More_than_sixteen_pages_continue_as_new_and_examine_each_item_once()
    {
        var step = new FakeStep();
        await using var driver = await SweepRunDriver.CreateAsync((17 * PageSize) + 1, step);

        var report = await driver.SweepAsync();

        (report.Plan.Pages, report.Counts.Items, report.Counts.Findings).ShouldBe((18, (17 * PageSize) + 1, (17 * PageSize) + 1));
        var examined = step.TakeExamined();
        (examined.Count, examined.Distinct().Count()).ShouldBe((report.Counts.Items, report.Counts.Items));
        driver.PagesTried.ShouldBe(Enumerable.Range(0, 18), ignoreOrder: true);
        (await driver.Runtime.Runner.HistoryRowsAsync(SweepRunDriver.Id)).ShouldNotBeNull().ShouldBeLessThan(10, "The second history has two pages.");
    }

    [Fact]
    public async Task A_sweep_costs_few_activities_and_an_unchanged_one_exactly_two()
    {
        await using var driver = await SweepRunDriver.CreateAsync(10_000, new FakeStep());

        (await driver.SweepAsync()).Counts.Items.ShouldBe(10_000);
        driver.Runtime.Attempts.All.Count.ShouldBe(42);
        (await driver.SweepAsync()).Counts.Items.ShouldBe(0);

        driver.Runtime.Attempts.All.Skip(42).Select(a => a.Activity).ShouldBe(["PlanSweep", "FinishSweep"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task As_many_pages_as_asked_for_are_examined_side_by_side(int pagesAtOnce)
    {
        await using var driver = await SweepRunDriver.CreateAsync(3 * PageSize, new FakeStep());
        using var together = new Barrier(pagesAtOnce);
        var met = 0;
        driver.Runtime.Attempts.Before = attempt =>
        {
            if (attempt.Activity == "ExaminePage" && together.SignalAndWait(TimeSpan.FromSeconds(60)))
                Interlocked.Increment(ref met);
            return Task.CompletedTask;
        };

        await driver.SweepAsync(pagesAtOnce);

        met.ShouldBe(3);
        driver.Runtime.Attempts.MostAtOnce.ShouldBe(pagesAtOnce);
    }

    [Fact]
    public async Task A_lost_plan_is_made_anew_for_what_is_left()
    {
        var step = new FakeStep();
        await using var driver = await SweepRunDriver.CreateAsync(3 * PageSize, step);
        driver.LosePlanBefore = tries => tries == 2;

        var report = await driver.SweepAsync(pagesAtOnce: 1);

        driver.Runtime.Attempts.Of("PlanSweep").Count.ShouldBe(2);
        (report.Plan.Pages, report.Counts.Items).ShouldBe((2, 3 * PageSize));
        step.TakeExamined().Distinct().Count().ShouldBe(3 * PageSize);
    }

    [Fact]
    public async Task A_plan_that_is_lost_again_and_again_fails_the_sweep()
    {
        await using var driver = await SweepRunDriver.CreateAsync(10, new FakeStep());
        driver.LosePlanBefore = _ => true;

        var state = await driver.EndAsync();

        state.Status.ShouldBe(InstanceStatus.Failed);
        state.Error.ShouldNotBeNull().ShouldContain("was lost 3 times");
        driver.Runtime.Attempts.Of("PlanSweep").Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_sweep_that_is_started_while_one_runs_is_running_already()
    {
        await using var driver = await SweepRunDriver.CreateAsync(10, new FakeStep());
        var second = (StartAnswer?)null;
        driver.Runtime.Attempts.Before = async attempt =>
        {
            if (attempt.Activity == "ExaminePage")
                second = await driver.StartAsync();
        };

        await driver.SweepAsync();

        second.ShouldBe(StartAnswer.AlreadyRunning);
        driver.Runtime.Attempts.Of("PlanSweep").Count.ShouldBe(1);
        (await driver.StartAsync()).ShouldBe(StartAnswer.Started);
    }

    [Fact]
    public async Task A_step_that_fails_on_an_item_does_not_stop_the_sweep_and_is_named()
    {
        var step = new FakeStep { Look = item => item.Ref.Number == "7" ? throw new InvalidDataException("poison") : "fine" };
        await using var driver = await SweepRunDriver.CreateAsync(PageSize + 10, step);

        var report = await driver.SweepAsync();

        (report.Counts.Items, report.Counts.FailureCount).ShouldBe((PageSize + 10, 1));
        report.Counts.Failures.ShouldHaveSingleItem().Item.ShouldBe(An.Ref(7));
    }

    [Fact]
    public async Task A_crash_after_every_commit_examines_no_page_again_whose_result_was_recorded()
    {
        var commits = 0;
        for (var crashed = true; crashed; )
            crashed = await SweepWithCrashAsync(++commits);

        commits.ShouldBeGreaterThan(8, "The runner hardly ever crashed.");
    }

    /// <returns>Whether the runner died on the way.</returns>
    private static async Task<bool> SweepWithCrashAsync(int crashAfter)
    {
        const int Items = (3 * PageSize) + 1;
        await using var driver = await SweepRunDriver.CreateAsync(Items, new FakeStep());
        driver.Runtime.CrashAfter(crashAfter);
        await driver.StartAsync();
        await driver.Runtime.SettleAsync();
        var crashed = driver.Runtime.HasCrashed;
        var recorded = driver.PagesRecorded();
        var before = driver.PagesTried.Count;
        if (crashed)
            await driver.Runtime.RestartAsync();

        var state = await driver.Runtime.EndAsync(SweepRunDriver.Id, TimeSpan.FromMinutes(1));

        state.Status.ShouldBe(InstanceStatus.Completed, $"after commit {crashAfter}: {state.Error}");
        state.OutputAs<SweepReport>().Plan.Due.ShouldBe(Items, $"after commit {crashAfter}");
        if (crashed)
            driver.PagesTried.Skip(before).ShouldNotContain(p => recorded.Contains(p), $"after commit {crashAfter}");
        driver.PagesTried.ToHashSet().Count.ShouldBe(4, $"after commit {crashAfter}");
        var findings = await driver.Store.FindingsAsync(SweepRunDriver.Backlog, CancellationToken.None).CountAsync();
        findings.ShouldBe(Items, $"after commit {crashAfter}");
        return crashed;
    }
}
