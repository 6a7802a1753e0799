using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Timers and the clock of an orchestration.</summary>
public abstract class TimerContract : WorkflowContract
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_sleep_ends_when_its_time_has_come()
    {
        var begin = Driver.Time.GetUtcNow();
        await StartAsync(Sleeps.Ref, "one", Seconds);
        var asleep = await StatusAsync("one");

        await Driver.AdvanceAsync(Seconds);

        var end = await Driver.EndAsync("one", Late);
        asleep.ShouldBe(InstanceStatus.Running);
        end.OutputAs<DateTimeOffset>().ShouldBeGreaterThanOrEqualTo(begin + Seconds);
    }

    [Fact]
    public async Task A_sleep_never_ends_early()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Needs a clock that stands still.");
        await StartAsync(Sleeps.Ref, "one", Seconds);

        await Driver.AdvanceAsync(Seconds - TimeSpan.FromMilliseconds(1));

        (await StatusAsync("one")).ShouldBe(InstanceStatus.Running);
    }

    [Fact]
    public async Task A_sleep_does_not_end_with_another_that_ends_a_little_earlier()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Needs a clock that stands still.");
        var earlier = Seconds - TimeSpan.FromMilliseconds(1);
        await StartAsync(Sleeps.Ref, "earlier", earlier);
        await StartAsync(Sleeps.Ref, "later", Seconds);

        await Driver.AdvanceAsync(earlier);

        (await StatusAsync("earlier")).ShouldBe(InstanceStatus.Completed);
        (await StatusAsync("later")).ShouldBe(InstanceStatus.Running);
    }

    [Fact]
    public async Task A_sleep_may_last_for_weeks()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Would take weeks.");
        await StartAsync(Sleeps.Ref, "one", TimeSpan.FromDays(60));
        await Driver.AdvanceAsync(TimeSpan.FromDays(59));
        var asleep = await StatusAsync("one");

        await Driver.AdvanceAsync(TimeSpan.FromDays(1));

        asleep.ShouldBe(InstanceStatus.Running);
        (await Driver.EndAsync("one", Late)).Status.ShouldBe(InstanceStatus.Completed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    public async Task A_sleep_until_a_time_that_has_passed_ends_at_once(int seconds)
    {
        await StartAsync(Sleeps.Ref, "one", TimeSpan.FromSeconds(seconds));

        (await Driver.EndAsync("one", Late)).Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public async Task A_sleep_goes_on_after_a_restart()
    {
        Assert.SkipUnless(Driver.CanRestart, "Cannot restart.");
        var until = Driver.Time.GetUtcNow() + Seconds;
        await StartAsync(Sleeps.Ref, "one", Seconds);
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(1));

        await Driver.RestartAsync();
        await Driver.SettleAsync();
        var asleep = await StatusAsync("one");
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(2));

        var end = await Driver.EndAsync("one", Late);
        if (Driver.HasVirtualTime)
            asleep.ShouldBe(InstanceStatus.Running);
        end.OutputAs<DateTimeOffset>().ShouldBeGreaterThanOrEqualTo(until);
    }

    [Fact]
    public async Task A_time_out_goes_on_after_a_restart()
    {
        Assert.SkipUnless(Driver.CanRestart, "Cannot restart.");
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval", Seconds));

        await Driver.RestartAsync();
        await Driver.AdvanceAsync(Seconds);

        (await Driver.EndAsync("one", Late)).OutputAs<string>().ShouldBe("silence");
    }

    [Fact]
    public async Task The_wait_before_another_attempt_goes_on_after_a_restart()
    {
        Assert.SkipUnless(Driver.CanRestart, "Cannot restart.");
        await StartAsync(CallsUnreliable.Ref, "one", new Unreliable("x", 2));

        await Driver.RestartAsync();
        await Driver.SettleAsync();
        var attempts = Executions.All.Count;
        var end = await Driver.EndAsync("one", Seconds + Late);

        if (Driver.HasVirtualTime)
            attempts.ShouldBe(1);
        end.OutputAs<int>().ShouldBe(2);
    }

    [Fact]
    public async Task What_fell_due_while_the_runtime_was_down_happens_at_the_restart()
    {
        Assert.SkipUnless(Driver.HasVirtualTime, "Needs a clock that stands still.");
        await StartAsync(Sleeps.Ref, "sleeps", Seconds);
        await StartAsync(AsksOnce.Ref, "asks", new Ask("approval", Seconds));
        await CrashAsync();
        await Driver.AdvanceAsync(Seconds);
        var asleep = await StatusAsync("sleeps");

        await Driver.RestartAsync();

        asleep.ShouldBe(InstanceStatus.Running);
        (await Driver.EndAsync("sleeps")).Status.ShouldBe(InstanceStatus.Completed);
        (await Driver.EndAsync("asks")).OutputAs<string>().ShouldBe("silence");
    }

    [Fact]
    public async Task The_time_is_the_same_on_every_replay_and_never_goes_back()
    {
        await StartAsync(TellsTheTime.Ref, "one", "go");
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(2) + Late);
        if (Driver.CanRestart)
            await Driver.RestartAsync();
        await Driver.AdvanceAsync(TimeSpan.FromSeconds(1));
        await RaiseAsync("one", "go", "now");

        var times = (await Driver.EndAsync("one", Late)).OutputAs<DateTimeOffset[]>();

        times.Select(t => $"{t:O}").ShouldBe(Executions.All.Select(e => e.Key));
        times.ShouldBeInOrder();
        (times[1] - times[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
        (times[2] - times[1]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        times.ShouldAllBe(t => t.Offset == TimeSpan.Zero);
    }
}
