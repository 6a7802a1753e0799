using CsCheck;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Tests.Storage;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

public sealed class SimulationTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    /// <summary>Bursts of reads, queries and writes, some of them scheduled, over two accounts and up to three processes.</summary>
    private static readonly Gen<(Simulation Plan, int Seed)> AnyRun =
        from seed in Gen.Int
        from bursts in Gen.Select(Gen.Int[0, 240], Gen.Int[1, 40], Gen.Int[0, 9]).Array[1, 6]
        from weather in Gen.Select(Gen.Double[0, 0.03], Gen.Double[0, 0.01], Gen.Double[0, 0.01], Gen.Double[0, 0.05])
        from limit in Gen.OneOf(Gen.Const(60), Gen.Const(1000), Gen.Const(5000))
        from processes in Gen.Int[1, 3]
        from kills in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.0), Gen.Const(0.02))
        from latency in Gen.OneOf(Gen.Const(0), Gen.Const(20))
        select (new Simulation
        {
            Errands = [.. bursts.SelectMany(b => Enumerable.Range(0, b.Item2).Select(i => Any(TimeSpan.FromSeconds(b.Item1), b.Item3, i, limit == 60)))],
            Weather = new Weather { Pauses = weather.Item1, Refusals = weather.Item2, TimedRefusals = weather.Item3, Faults = weather.Item4, HourlyLimit = limit },
            Processes = processes,
            Kills = kills,
            StoreLatency = latency,
        }, seed);

    [Fact]
    public void Whatever_comes_no_rule_of_the_host_is_broken()
    {
        var requests = 0;
        AnyRun.Sample(
            run =>
            {
                using var tables = NewTables();
                var (log, _, statuses) = run.Plan.Run(tables, run.Seed);

                Interlocked.Add(ref requests, log.Count);
                new Judge(run.Plan.Spread) { Leaving = TimeSpan.FromMilliseconds(run.Plan.StoreLatency) }.Breaches(log).ShouldBeEmpty();
                statuses.Count.ShouldBe(run.Plan.Errands.Count);
            },
            iter: 40,
            threads: 2,
            print: run => $"seed {run.Seed}, {run.Plan}, {string.Join("; ", run.Plan.Errands.CountBy(e => e))}");
        output.WriteLine($"{requests} requests, no breach");
    }

    [Fact]
    public void Three_hundred_writes_by_two_processes_take_little_longer_than_the_rules_demand()
    {
        var plan = new Simulation { Errands = [.. Enumerable.Repeat(Write(), 300)] };
        using var tables = NewTables();

        var (log, took, _) = plan.Run(tables, seed: 1);

        var least = LeastTime(log.Count(a => a.IsWrite));
        output.WriteLine($"300 writes took {took:mm\\:ss}; 50 a minute would take {least:mm\\:ss}: {least / took:P0} of the allowed rate");
        new Judge(TimeSpan.Zero).Breaches(log).ShouldBeEmpty();
        log.Count.ShouldBe(300);
        (least / took).ShouldBeGreaterThan(0.85);
    }

    [Fact]
    public void Nine_hundred_writes_keep_to_three_hundred_an_hour()
    {
        var plan = new Simulation { Errands = [.. Enumerable.Repeat(Write(), 900)], StoreLatency = 10 };
        using var tables = NewTables();

        var (log, took, _) = plan.Run(tables, seed: 2);

        output.WriteLine($"900 writes took {took:h\\:mm\\:ss}; the least is 2 h and the time of 300 writes");
        new Judge(plan.Spread).Breaches(log).ShouldBeEmpty();
        log.Count.ShouldBe(900);
        took.ShouldBeLessThan(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(12));
    }

    [Fact]
    public void A_long_day_of_reads_uses_the_hour_of_the_host_and_leaves_nine_tenths_of_it_to_people()
    {
        var scheduled = Enumerable.Repeat(Read(isScheduled: true), 250);
        var others = Enumerable.Range(0, 1500).Select(i => Read(isScheduled: false) with { At = TimeSpan.FromSeconds(i) });
        var plan = new Simulation { Errands = [.. scheduled, .. others], Weather = new Weather { HourlyLimit = 1000 } };
        using var tables = NewTables();

        var (log, took, _) = plan.Run(tables, seed: 3);

        var refused = log.Count(a => a.IsRefused);
        output.WriteLine($"1,750 reads at 1,000 an hour took {took:h\\:mm\\:ss}, {refused} were refused");
        new Judge(TimeSpan.Zero).Breaches(log).ShouldBeEmpty();
        refused.ShouldBe(0);
        log.Where(a => a.ArrivedAt < log[0].Reset).Count(a => !a.IsScheduled).ShouldBeGreaterThanOrEqualTo(880);
    }

    [Fact]
    public void Processes_that_die_at_every_tenth_request_break_no_rule_and_finish_the_work()
    {
        var plan = new Simulation { Errands = [.. Enumerable.Repeat(Write(), 60), .. Enumerable.Repeat(Read(false), 60)], Kills = 0.1, StoreLatency = 10 };
        using var tables = NewTables();

        var (log, _, statuses) = plan.Run(tables, seed: 4);

        log.Select(a => a.Process).Distinct().Count().ShouldBeGreaterThan(5);
        new Judge(plan.Spread).Breaches(log).ShouldBeEmpty();
        statuses.Count.ShouldBe(120);
    }

    public void Dispose() => directory.Dispose();

    private SqliteTables NewTables() => SqliteTables.Open(directory.File($"{Guid.NewGuid():N}.db"));

    private static TimeSpan LeastTime(int writes) => TimeSpan.FromMinutes(writes / 50.0);

    private static Errand Write() => new("installation:1", HttpMethod.Post, IsGraphQl: false, IsScheduled: false, TimeSpan.Zero);

    private static Errand Read(bool isScheduled) => new("installation:1", HttpMethod.Get, IsGraphQl: false, isScheduled, TimeSpan.Zero);

    /// <summary>Sixty an hour is what callers without a name have.</summary>
    private static Errand Any(TimeSpan at, int flavor, int i, bool isAnonymous) => (flavor % 5) switch
    {
        0 => new Errand(Account(flavor, isAnonymous), HttpMethod.Get, false, flavor > 5, at),
        1 => new Errand(Account(flavor, isAnonymous), HttpMethod.Post, false, flavor > 5, at),
        2 => new Errand(Account(flavor, isAnonymous), HttpMethod.Post, true, flavor > 5, at),
        _ => new Errand(Account(i, isAnonymous), i % 3 == 0 ? HttpMethod.Patch : HttpMethod.Get, false, i % 4 == 0, at),
    };

    private static string Account(int number, bool isAnonymous) => isAnonymous ? "anonymous" : $"installation:{number % 2}";
}
