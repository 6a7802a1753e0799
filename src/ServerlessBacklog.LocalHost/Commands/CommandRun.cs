using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.LocalHost.Demo;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>Runs the body of a command: builds the services, turns errors into a sentence and an exit code.</summary>
internal static class CommandRun
{
    public static void SetRun(this Command command, Func<ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                // Ctrl+C is heeded only once this method has returned a task, and SQLite works synchronously: hence a thread of its own.
                return await Task.Run(() => run(parsed, cancellation), CancellationToken.None);
            }
            catch (UserErrorException wrong)
            {
                return await FailAsync(wrong.Message);
            }
            catch (BudgetExhaustedException used)
            {
                return await FailAsync($"{used.Message.TrimEnd('.')}. What was stored stays; run it again after {used.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC, or with a token, which allows more.");
            }
            catch (HttpRequestException network)
            {
                return await FailAsync($"{network.Message.TrimEnd('.')}. Check the network, a proxy and the address of the tracker, then run it again: it goes on where it stopped.");
            }
            catch (OperationCanceledException)
            {
                return await FailAsync("Stopped. What was stored stays; the next run goes on from there.");
            }
            catch (IOException disk) when (disk is not FileNotFoundException)
            {
                return await FailAsync($"{disk.Message.TrimEnd('.')}. Check the free space and the rights on the folder, then run it again.");
            }
            catch (UnauthorizedAccessException denied)
            {
                return await FailAsync($"{denied.Message.TrimEnd('.')}. Choose a folder that you may write to.");
            }
        });

    /// <summary>The services over one data directory, or over Azure Storage where a connection is given; disposed by the caller.</summary>
    /// <param name="over">Settings that go before all others; null for none.</param>
    public static ServiceProvider Services(string dataDirectory, string? storage, IReadOnlyDictionary<string, string?>? over = null) =>
        Services(
            over is null ? Configuration(dataDirectory, storage) : new ConfigurationBuilder().AddConfiguration(Configuration(dataDirectory, storage)).AddInMemoryCollection(over).Build(),
            dataDirectory).BuildServiceProvider().BeginTelemetry();

    /// <summary>What is kept beside the backlogs (<see cref="LocalSettings"/>), then the environment, then the command line.</summary>
    public static IConfiguration Configuration(string dataDirectory, string? storage) => LocalSettings.AddTo(new ConfigurationBuilder(), dataDirectory)
        .AddEnvironmentVariables()
        .AddInMemoryCollection([new(ServerlessBacklogServices.DataDirectory, dataDirectory)])
        .AddInMemoryCollection(storage is null ? [] : [new(ServerlessBacklogServices.StorageConnection, storage)])
        .Build();

    /// <summary>The services of a live demonstration: what the environment says of real trackers and stores is left out.</summary>
    public static ServiceProvider LiveServices(string dataDirectory, IReadOnlyDictionary<string, string?> settings, LivePlay play)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings)
            .AddInMemoryCollection([new(ServerlessBacklogServices.DataDirectory, dataDirectory)])
            .Build();
        return Services(configuration, dataDirectory).AddSingleton(play).BuildServiceProvider();
    }

    private static IServiceCollection Services(IConfiguration configuration, string dataDirectory) =>
        new ServiceCollection()
            .AddServerlessBacklog(configuration)
            .AddSilence()
            .AddLocalWorkflow(dataDirectory)
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<PlanRun>()
            .AddSingleton<SweepRun>()
            .AddSingleton<PersonRun>()
            .AddSingleton<PullRun>()
            .AddSingleton<TimerClock>()
            .AddSingleton<LiveWork>()
            .AddSingleton<LiveLook>()
            .AddSingleton<TriageRun>();

    /// <summary>No word goes to the terminal but the program's own; where telemetry is set up, logs go there.</summary>
    private static IServiceCollection AddSilence(this IServiceCollection services)
    {
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.TryAddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        return services;
    }

    /// <summary>The backlog that is meant: the named one, the only one there is, or the one that was triaged last (said on the error stream).</summary>
    public static async Task<string> ChooseBacklogAsync(IBacklogStore store, string? named, CancellationToken cancellation)
    {
        var all = await store.BacklogsAsync(cancellation);
        if (named is not null)
        {
            return all.Contains(named)
                ? named
                : throw new UserErrorException($"There is no backlog '{named}'. {(all.Count == 0 ? "Import one with 'backlog import SOURCE'." : $"There is: {string.Join(", ", all)}.")}");
        }

        switch (all.Count)
        {
            case 0:
                throw new UserErrorException("There is no backlog here yet. Run 'backlog' for the sample, or 'backlog triage SOURCE' for your own.");
            case 1:
                return all[0];
            default:
                var last = await TriageRun.LastAsync(store, all, cancellation);
                await Console.Error.WriteLineAsync($"Backlog '{Show.OneLine(last)}', triaged last; --backlog chooses another of {string.Join(", ", all.Select(Show.OneLine))}.");
                return last;
        }
    }

    /// <summary>The backlogs in which an item is looked for: the named one, or all.</summary>
    public static async Task<IReadOnlyList<string>> BacklogsToSearchAsync(IBacklogStore store, string? named, CancellationToken cancellation) =>
        named is null && await store.BacklogsAsync(cancellation) is { Count: > 0 } all ? all : [await ChooseBacklogAsync(store, named, cancellation)];

    public static bool TryParseMoment(string text, out DateTimeOffset moment)
    {
        moment = TimeProvider.System.GetUtcNow();
        return text == "now"
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"backlog: {Show.OneLine(message)}");
        return BacklogCommand.Failed;
    }
}
