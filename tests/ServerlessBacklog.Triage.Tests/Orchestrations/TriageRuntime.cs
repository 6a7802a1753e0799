using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.LocalRunner.Replaying;
using ServerlessBacklog.LocalRunner.Store;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>
/// The real runner on a file of its own, with a clock that stands still. A restart builds all services anew, as a new process does. The
/// client is a second runner on the same file, as another process has it.
/// </summary>
/// <param name="build">Builds what a process builds at its start.</param>
internal sealed class TriageRuntime(Func<ServiceProvider> build) : IAsyncDisposable
{
    /// <summary>Real time that a test waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string directory = Directory.CreateTempSubdirectory("backlog-triage-").FullName;
    private readonly FakeTimeProvider time = new(An.Instant);
    private LocalRunner.LocalRunner? engine;
    private LocalRunner.LocalRunner? client;
    private ServiceProvider? services;
    private int commitsLeft = int.MaxValue;

    public Attempts Attempts => field ??= new Attempts(time);

    public IOrchestrationClient Client => client!;

    /// <summary>The client, with what only the local runner can do.</summary>
    public LocalRunner.LocalRunner Runner => client!;

    public IServiceProvider Services => services!;

    public DateTimeOffset Now => time.GetUtcNow();

    public TimeProvider Time => time;

    public string Path => System.IO.Path.Combine(directory, "workflow.db");

    /// <summary>Activities that run at once, and writes that share a commit; one each where the order matters.</summary>
    public bool OneByOne { get; init; }

    /// <summary>Called after each commit of the engine.</summary>
    public Action AfterCommit { get; set; } = () => { };

    public bool HasCrashed => engine!.IsDead;

    public async Task StartAsync()
    {
        client = LocalRunner.LocalRunner.Open(new LocalRunnerOptions { Path = Path, Time = time });
        await StartEngineAsync();
    }

    /// <summary>The engine dies, as if killed, after its n-th commit from now on.</summary>
    public void CrashAfter(int commits) => Volatile.Write(ref commitsLeft, commits);

    /// <summary>Until nothing can go on without an event or a later time, or the engine has died.</summary>
    public async Task SettleAsync()
    {
        for (var waited = Stopwatch.StartNew(); !await IsIdleAsync(); await Task.Delay(1))
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException("Still not at rest: " + string.Join("; ", await client!.ListAsync(new InstanceFilter(), 20)));
        }
    }

    /// <summary>What is recorded of the instance's present generation.</summary>
    public IReadOnlyList<Event> History(string id)
    {
        using var database = Database.Open(new LocalRunnerOptions { Path = Path, Time = time, ReadOnly = true });
        return database.Read(session => session.Number("SELECT key FROM instances WHERE id = $0", id) is { } key
            ? Instances.History(session, key, after: 0)
            : []);
    }

    public Task AdvanceAsync(TimeSpan by)
    {
        time.Advance(by);
        return SettleAsync();
    }

    public async Task RestartAsync()
    {
        await engine!.DisposeAsync();
        await services!.DisposeAsync();
        CrashAfter(int.MaxValue);
        await StartEngineAsync();
    }

    /// <summary>Lets the instance run to its end, and time pass as long as it has not ended.</summary>
    public async Task<InstanceState> EndAsync(string id, TimeSpan within = default)
    {
        for (var passed = TimeSpan.Zero; ; passed += TimeSpan.FromSeconds(1))
        {
            await SettleAsync();
            var state = await Client.FindAsync(id, CancellationToken.None);
            if (state is { HasEnded: true })
                return state;
            if (passed >= within)
                throw new TimeoutException($"'{id}' has not ended: {state?.ToString() ?? "there is no such instance"}");
            await AdvanceAsync(TimeSpan.FromSeconds(1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        if (client is not null)
            await client.DisposeAsync();
        if (services is not null)
            await services.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task StartEngineAsync()
    {
        services = build();
        var options = new LocalRunnerOptions
        {
            Path = Path,
            Registry = new WorkflowRegistry(OrchestrationList.All, Attempts.Watch(ActivityList.All)),
            Scopes = services.GetRequiredService<IServiceScopeFactory>(),
            Time = time,
            DiesAfterCommit = Committed,
        };
        engine = LocalRunner.LocalRunner.Open(OneByOne ? options with { Concurrency = 1, MaxGroup = 1 } : options);
        await engine.StartAsync();
    }

    private bool Committed()
    {
        AfterCommit();
        return Interlocked.Decrement(ref commitsLeft) == 0;
    }

    private async Task<bool> IsIdleAsync()
    {
        try
        {
            return HasCrashed || await engine!.IsIdleAsync();
        }
        catch (LocalRunnerException) when (HasCrashed)
        {
            return true;
        }
    }
}
