using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner;

public sealed record LocalRunnerOptions
{
    /// <summary>The file that holds all instances. It is created when it is missing; its directory must exist.</summary>
    public required string Path { get; init; }

    /// <summary>What this program can run. A program that only starts, raises and looks needs none.</summary>
    public WorkflowRegistry Registry { get; init; } = new([], []);

    /// <summary>Gives each attempt of an activity its scope. Needed to run work, not to start or look at it.</summary>
    public IServiceScopeFactory? Scopes { get; init; }

    /// <summary>The clock of timers, time-outs, retries and leases.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Activities that run at once in this process; default twice the cores, at least 4.</summary>
    public int Concurrency { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>
    /// After so long without a sign of life another process takes over the work of this one; default 30 s. A process of the same machine
    /// that has ended is noticed within about a second.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call waits for another program that writes to the file; default 10 s.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An orchestration that keeps its thread for longer than this is held; default 30 s. They only decide, so milliseconds are usual.</summary>
    public TimeSpan WakeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Opens an existing file for looking only.</summary>
    public bool ReadOnly { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Instances whose state is kept between two wakes, so that they need not replay; 0 replays every time.</summary>
    internal int Residents { get; init; } = 256;

    /// <summary>Largest number of writes that share a commit.</summary>
    internal int MaxGroup { get; init; } = 256;

    /// <summary>Decides after each commit whether the process dies now, as far as the file can tell.</summary>
    internal Func<bool>? DiesAfterCommit { get; init; }
}
