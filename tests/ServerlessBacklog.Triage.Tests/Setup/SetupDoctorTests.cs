using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.Triage.Tests.Setup;

public class SetupDoctorTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly InMemoryBacklogStore store = new();
    private readonly InMemoryDeliveryStore deliveries = new();
    private readonly InMemoryAlarms alarms = new();
    private readonly InMemoryWriteStop writes = new();
    private readonly FakeTimeProvider time = new(Now);

    [Fact]
    public async Task A_check_that_fails_is_a_finding_and_hides_no_other()
    {
        var doctor = new SetupDoctor(
            [
                new Check("One", () => throw new UserErrorException("Set this.")),
                new Check("Two", () => throw new HttpRequestException("No such host.")),
                new Check("Three", () => throw new BudgetExhaustedException("Used up.") { Until = Now }),
                new Check("Four", () => SetupFinding.Ok("fine")),
            ],
            new LiveBacklogs([], store));

        var areas = await doctor.LookAsync(null, None);

        areas.Select(a => a.Findings[^1].State).ShouldBe([SetupState.Wrong, SetupState.Wrong, SetupState.Warning, SetupState.Ok]);
        areas[0].Findings[^1].Mend.ShouldBe("Set this.");
        areas[2].Findings[^1].Mend!.ShouldContain("2026-03-01 09:00");
    }

    [Fact]
    public async Task A_backlog_that_missed_its_nightly_sweep_is_named()
    {
        await store.SaveItemsAsync("shop", [An.Item(1)], None);
        await store.SetCursorAsync("shop", FinishSweep.SweptCursor, Now.AddHours(-37).ToString("O"), None);

        (await WorkAsync()).ShouldContain(f => f.State == SetupState.Warning && f.What.Contains("shop"));
        await store.SetCursorAsync("shop", FinishSweep.SweptCursor, Now.AddHours(-35).ToString("O"), None);
        (await WorkAsync()).ShouldAllBe(f => f.State == SetupState.Ok);
    }

    [Fact]
    public async Task An_alarm_is_wrong_and_a_write_stop_is_a_warning()
    {
        await alarms.RaiseAsync(new Alarm("k", "Enable the hook.", Now), None);
        await writes.StopAsync(new WriteStop("too many labels", Now), None);

        var findings = await WorkAsync();

        findings.ShouldContain(f => f.State == SetupState.Wrong && f.Mend == "Enable the hook.");
        findings.ShouldContain(f => f.State == SetupState.Warning && f.What.Contains("too many labels"));
    }

    [Fact]
    public async Task A_delivery_that_waits_in_vain_says_that_no_timer_fires()
    {
        await deliveries.AddAsync(new Delivery { Tracker = "fake", Id = "1", Event = "opened", ReceivedAt = Now, State = DeliveryState.Pending }, None);

        (await WorkAsync()).ShouldNotContain(f => f.State == SetupState.Wrong);
        time.Advance(TimeSpan.FromMinutes(16));
        (await WorkAsync()).ShouldContain(f => f.State == SetupState.Wrong && f.Mend!.Contains("Recover"));
    }

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private Task<IReadOnlyList<SetupFinding>> WorkAsync() => SetupDoctor.LookAsync(new WorkCheck(store, deliveries, alarms, writes, time), [], None);

    private sealed class Check(string area, Func<SetupFinding> look) : ISetupCheck
    {
        public string Area => area;

        public string? Tracker => null;

        public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            yield return look();
        }
    }
}
