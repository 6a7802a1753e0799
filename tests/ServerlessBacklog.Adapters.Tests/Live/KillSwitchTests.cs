using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Tests.Storage;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Adapters.Tests.Live;

/// <summary>
/// Another process throws the switch while an item is under way, at every moment at which this one asks whether it may write: before the first look,
/// between the decision and its carrying out, between two writes.
/// </summary>
public sealed class KillSwitchTests(AzuriteFixture azurite)
{
    /// <summary>More looks than one item makes.</summary>
    private const int MostLooks = 12;

    [Fact]
    public async Task Whenever_it_is_thrown_nothing_more_is_written_by_way_of_the_embedded_store()
    {
        using var directory = new TemporaryDirectory();
        await ThrowAtEveryLookAsync(() => LocalStorage.Open(directory.Path).WriteStop);
    }

    [Fact]
    public async Task Whenever_it_is_thrown_nothing_more_is_written_by_way_of_Azure_Storage()
    {
        var place = await AzuritePlace.TakeAsync(azurite);
        await ThrowAtEveryLookAsync(() => new WriteStopRow(new AzureTables(place.Open(), place.Name)));
    }

    private static async Task ThrowAtEveryLookAsync(Func<IWriteStop> open)
    {
        var mine = new ThrownAt(open(), open());
        await using var live = await LiveGitHub.StartAsync(
            new Dictionary<string, string?> { ["Triage:WithoutGate"] = "true", ["Trackers:Pace:SkipLoopback"] = "true" },
            services => services.AddSingleton<IWriteStop>(mine));
        await live.Kept.KeepAsync(LiveGitHub.Repository, new TriageSettings { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto, ApplyAt: 0, AskAt: 0) } }, default);
        var stoppedAfter = new List<int>();

        for (var look = 1; look <= MostLooks; look++)
        {
            await mine.AllowAsync(default);
            var number = await live.GitHub.OpenIssueAsync(LiveGitHub.Repository, "ada", $"Crash when saving page {look}", "It crashes with an exception every time that I save. Please add an option.");
            var before = Writes(live);
            mine.ThrowAt(look, () => Writes(live));

            await live.TriageAsync(number);

            if (mine.WritesWhenThrown is not { } thrown)
                break;
            Writes(live).ShouldBe(thrown, $"writes after the switch was thrown at look {look}");
            stoppedAfter.Add(thrown - before);
            // Reading, deciding and recording go on.
            var outcome = (await live.OutcomesAsync(number)).ShouldHaveSingleItem();
            outcome.Changes.ShouldContain(c => c.State == ChangeState.NotApplied && c.Why!.Contains("switched off", StringComparison.Ordinal));
            (await live.Services.GetRequiredService<IBacklogStore>().DecisionsAsync(LiveGitHub.Repository, LiveGitHub.Ref(number), default)).ShouldNotBeEmpty();
        }

        stoppedAfter.ShouldContain(0, "It has to be thrown before anything is written,");
        stoppedAfter.ShouldContain(written => written > 0, "and between two writes.");
    }

    private static int Writes(LiveGitHub live) => live.GitHub.Writes.Count(w => w.Status < 300);

    /// <summary>The switch as this process sees it; the other one throws it right before a look.</summary>
    private sealed class ThrownAt(IWriteStop mine, IWriteStop others) : IWriteStop
    {
        private int left;
        private Func<int> writes = () => 0;

        public int? WritesWhenThrown { get; private set; }

        public void ThrowAt(int look, Func<int> count) => (left, writes, WritesWhenThrown) = (look, count, null);

        public async Task<WriteStop?> FindAsync(CancellationToken cancellation)
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                WritesWhenThrown = writes();
                await others.StopAsync(new WriteStop("a drill", An.Instant), cancellation);
            }

            return await mine.FindAsync(cancellation);
        }

        public Task StopAsync(WriteStop stop, CancellationToken cancellation) => mine.StopAsync(stop, cancellation);

        public Task AllowAsync(CancellationToken cancellation) => others.AllowAsync(cancellation);
    }
}
