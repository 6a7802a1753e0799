using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.LocalRunner.Store;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>One file, a virtual clock, and as many runners on it as a test wants.</summary>
internal sealed class Engines : IAsyncDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<LocalRunner> opened = [];

    public Engines(params OrchestrationEntry[] orchestrations) =>
        Code = new WorkflowRegistry(orchestrations, [ActivityEntry.Of<Gated, string, string>(Gated.Ref)]);

    public static CancellationToken None => CancellationToken.None;

    /// <summary>How long a test waits for what must happen.</summary>
    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public WorkflowRegistry Code { get; set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public string File => directory.File("runs.db");

    public string Folder => directory.Path;

    public LocalRunnerOptions Options(Gate? gate = null) => new()
    {
        Path = File,
        Registry = Code,
        Time = Time,
        Concurrency = 4,
        Scopes = gate is null ? null : Services(gate),
    };

    public LocalRunner Open(LocalRunnerOptions options)
    {
        var runner = LocalRunner.Open(options);
        opened.Add(runner);
        return runner;
    }

    /// <summary>A runner that works.</summary>
    public async Task<LocalRunner> StartAsync(Gate? gate = null, Func<LocalRunnerOptions, LocalRunnerOptions>? with = null)
    {
        var options = Options(gate ?? new Gate { IsOpen = true });
        var runner = Open(with?.Invoke(options) ?? options);
        await runner.StartAsync();
        return runner;
    }

    /// <summary>Changes the file behind the runners' backs.</summary>
    public int Change(string sql)
    {
        using var session = Session.Open(File, TimeSpan.FromSeconds(5), readOnly: false);
        return session.Run(sql);
    }

    public long Count(string table)
    {
        using var session = Session.Open(File, TimeSpan.FromSeconds(5), readOnly: true);
        return session.Number($"SELECT count(*) FROM {table}")!.Value;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var patience = Patience; !await condition(); await Task.Delay(2))
            patience.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in opened)
            await runner.DisposeAsync();
        directory.Dispose();
    }

    private static IServiceScopeFactory Services(Gate gate) =>
        new ServiceCollection().AddSingleton(gate).AddScoped<Gated>().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
}

/// <summary>Holds activities up until a test lets them go, and notes what began.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> begun = new();

    public bool IsOpen
    {
        init
        {
            if (value)
                Open();
        }
    }

    /// <summary>Ends every attempt with this fault instead of a result.</summary>
    public string? Fault { get; set; }

    public IReadOnlyList<string> Begun => [.. begun];

    public void Open() => opened.TrySetResult();

    public async Task PassAsync(string key, CancellationToken cancellation)
    {
        begun.Enqueue(key);
        await opened.Task.WaitAsync(cancellation);
        if (Fault is { } fault)
            throw new IOException(fault);
    }
}

/// <summary>Tried once.</summary>
internal sealed class Gated(Gate gate) : IActivity<string, string>
{
    public static readonly ActivityRef<string, string> Ref = new(nameof(Gated), new RetryPolicy(1, TimeSpan.Zero));

    public async Task<string> RunAsync(string input, CancellationToken cancellation)
    {
        await gate.PassAsync(input, cancellation);
        return input;
    }
}
