using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;

/// <summary>Errands, spread over some processes that may die, against one host.</summary>
internal sealed record Simulation
{
    public required IReadOnlyList<Errand> Errands { get; init; }

    public Weather Weather { get; init; } = new();

    public int Processes { get; init; } = 2;

    /// <summary>Part of the requests at which the process dies: half of them before it is sent, half while it is under way.</summary>
    public double Kills { get; init; }

    /// <summary>A read or write of a row takes up to so many milliseconds.</summary>
    public int StoreLatency { get; init; }

    /// <summary>What one process learns another knows after the reads and writes of a row that were under way, a few times over.</summary>
    public TimeSpan Spread => TimeSpan.FromMilliseconds(StoreLatency * 10);

    public (IReadOnlyList<Arrival> Log, TimeSpan Took, IReadOnlyList<int> Statuses) Run(ITableStore tables, int seed)
    {
        var time = new SimulatedTime();
        var start = time.GetUtcNow();
        var chance = new Random(seed);
        var host = new SimulatedHost(time, chance, Weather);
        var statuses = new List<int>();
        var number = 0;
        time.Run(() => Task.WhenAll(Errands.Chunk((Errands.Count + Processes - 1) / Processes).Select(RunPartAsync)));
        return (host.Log, time.GetUtcNow() - start, statuses);

        async Task RunPartAsync(IReadOnlyList<Errand> part)
        {
            var left = part.ToList();
            while (left.Count > 0)
            {
                using var process = new SimulatedProcess(number++, start, host, tables, time, chance, this);
                await Task.WhenAny(process.Death.Task, Task.WhenAll(left.ToList().Select(async errand =>
                {
                    var status = await process.RunAsync(errand);
                    left.Remove(errand);
                    statuses.Add(status);
                })));
                if (process.IsDead)
                    await Task.Delay(TimeSpan.FromMilliseconds(chance.Next(100, 5000)), time);
            }
        }
    }
}
