using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog metrics [baseline]</c>: measures a backlog, or keeps what is measured as the state before.</summary>
internal static class MetricsCommand
{
    private const string Description = """
        Measure a backlog: answers, vague, stale and repeated items, what people accept and take back. A running program does it every night;
        'backlog rollout' compares it with targets and baseline.

        Examples:
          backlog metrics
          backlog metrics baseline        before anything is switched on: without one no success can be claimed
        """;

    public static Command Create()
    {
        var command = Sub("metrics", Description, async (services, name, json, cancellation) =>
            Write(name, null, (await services.GetRequiredService<Measuring>().MeasureAsync(name, cancellation)).Values, json));
        command.Add(Sub("baseline", "Keep what is measured now as the state before.", async (services, name, json, cancellation) =>
        {
            var baseline = await services.GetRequiredService<Measuring>().TakeBaselineAsync(name, cancellation);
            Write(name, baseline.Day, baseline.Values, json);
        }));
        return command;
    }

    private static Command Sub(string name, string description, Func<IServiceProvider, string, bool, CancellationToken, Task> run)
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var command = new Command(name, description) { backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var chosen = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            await run(services, chosen, parsed.GetValue(json), cancellation);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void Write(string backlog, DateOnly? baseline, IReadOnlyDictionary<string, double> values, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { Backlog = backlog, Baseline = baseline, Values = values }, OutputJson.Options));
            return;
        }

        Console.WriteLine($"{Show.OneLine(backlog)}{(baseline is { } day ? $": the baseline of {day:yyyy-MM-dd}" : "")}");
        foreach (var name in MetricNames.All)
            Console.WriteLine($"  {name,-22}{(values.TryGetValue(name, out var value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : "too little to measure")}");
    }
}
