using System.Diagnostics;

namespace ServerlessBacklog.Workflow;

/// <summary>
/// Work with I/O, called by an orchestration. It may run twice (a host killed between the work and its record), so its effects are
/// idempotent. Each attempt has a dependency injection scope of its own.
/// </summary>
public interface IActivity<in TIn, TOut>
{
    Task<TOut> RunAsync(TIn input, CancellationToken cancellation);
}

/// <summary>Names an activity, says what it takes and returns, and how often it is tried. Declared beside its activity.</summary>
public sealed record ActivityRef<TIn, TOut>(string Name, RetryPolicy Retry)
{
    public override string ToString() => Name;
}

/// <summary>How a failed activity is tried again. Both runtimes follow it to the letter.</summary>
/// <param name="MaxAttempts">The first attempt included; 1 never tries again.</param>
/// <param name="FirstDelay">Wait after the first failure; at least 2 s where attempts remain, because timers may be a second off.</param>
/// <param name="Backoff">Each further wait is this many times the last one.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan FirstDelay, double Backoff = 2)
{
    /// <summary>Longest wait between two attempts; default 5 minutes.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For reads and idempotent writes: five attempts over half a minute.</summary>
    public static RetryPolicy Default { get; } = new(5, TimeSpan.FromSeconds(2));

    /// <summary>The wait after a failed attempt, the first of which is 1.</summary>
    public TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(MaxDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(Backoff, attempt - 1)));
}

/// <summary>One line of the list of activities: how a runtime runs it, inputs and outputs as JSON.</summary>
public abstract class ActivityEntry(string name, Type type)
{
    public string Name => name;

    public Type Type => type;

    /// <param name="scope">Services of this attempt, the activity itself among them.</param>
    /// <returns>The output as JSON (<see cref="WorkflowJson"/>).</returns>
    public abstract Task<string> RunAsync(IServiceProvider scope, string input, CancellationToken cancellation);

    public static ActivityEntry Of<T, TIn, TOut>(ActivityRef<TIn, TOut> reference)
        where T : class, IActivity<TIn, TOut> =>
        new Typed<T, TIn, TOut>(reference);

    private sealed class Typed<T, TIn, TOut>(ActivityRef<TIn, TOut> reference) : ActivityEntry(reference.Name, typeof(T))
        where T : class, IActivity<TIn, TOut>
    {
        public override async Task<string> RunAsync(IServiceProvider scope, string input, CancellationToken cancellation)
        {
            var activity = scope.GetService(typeof(T)) as T
                ?? throw new InvalidOperationException($"The activity {Name} is listed but {typeof(T).Name} is not registered as a service.");
            var read = WorkflowJson.Read<TIn>(input, $"input of {Name}");
            using var span = Tracing.Begin(Name, (read as ITraced)?.Trace);
            if (span is not null)
                (read as ITraced)?.Describe(span);
            var begun = Stopwatch.GetTimestamp();
            var result = "ok";
            try
            {
                return WorkflowJson.Write(await activity.RunAsync(read, cancellation), $"result of {Name}");
            }
            catch (Exception fault)
            {
                result = cancellation.IsCancellationRequested ? "stopped" : "failed";
                span?.Fail(fault);
                throw;
            }
            finally
            {
                WorkflowMetrics.Attempted(Name, result, Stopwatch.GetElapsedTime(begun));
            }
        }
    }
}
