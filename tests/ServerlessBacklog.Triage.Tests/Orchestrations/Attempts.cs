using System.Collections.Concurrent;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>One attempt of an activity.</summary>
/// <param name="Input">As JSON.</param>
internal sealed record Attempt(string Activity, string Input, DateTimeOffset At)
{
    public T InputAs<T>() => WorkflowJson.Read<T>(Input, "input");
}

/// <summary>Sees every attempt of every activity, across restarts.</summary>
internal sealed class Attempts(TimeProvider time)
{
    private readonly ConcurrentQueue<Attempt> all = new();
    private int running;
    private int mostAtOnce;

    public IReadOnlyList<Attempt> All => [.. all];

    /// <summary>Largest number of attempts that ran side by side.</summary>
    public int MostAtOnce => mostAtOnce;

    /// <summary>Called inside each attempt before its work begins; may throw.</summary>
    public Func<Attempt, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<Attempt> Of(string activity) => [.. all.Where(a => a.Activity == activity)];

    public IEnumerable<ActivityEntry> Watch(IEnumerable<ActivityEntry> entries) => entries.Select(e => new Watched(e, this));

    private async Task<string> RunAsync(Attempt attempt, Func<Task<string>> run)
    {
        all.Enqueue(attempt);
        var now = Interlocked.Increment(ref running);
        for (var most = mostAtOnce; now > most; most = mostAtOnce)
            Interlocked.CompareExchange(ref mostAtOnce, now, most);
        try
        {
            await Before(attempt);
            return await run();
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private sealed class Watched(ActivityEntry entry, Attempts attempts) : ActivityEntry(entry.Name, entry.Type)
    {
        public override Task<string> RunAsync(IServiceProvider scope, string input, CancellationToken cancellation) =>
            attempts.RunAsync(new Attempt(Name, input, attempts.Now), () => entry.RunAsync(scope, input, cancellation));
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
