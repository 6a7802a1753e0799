using System.Diagnostics;

namespace ServerlessBacklog.Workflow;

/// <summary>Input of an activity or an orchestration that goes on with somebody's trace. The trace travels in our own data, so it outlives processes and days.</summary>
public interface ITraced
{
    /// <summary>W3C traceparent of the span that all this is for; null for none.</summary>
    string? Trace { get; }

    /// <summary>Says on the span of an activity what the work is about: names and numbers, never what people wrote.</summary>
    void Describe(Activity span)
    {
    }
}

/// <summary>
/// The spans of this program, on every runtime alike. A runtime knows nothing of them: whoever starts work hands <see cref="Current"/> on
/// in its input.
/// </summary>
public static class Tracing
{
    /// <summary>Names the trace source and the meter.</summary>
    public const string Name = "ServerlessBacklog";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>W3C traceparent of the span that is under way; null when there is none, as when nobody listens.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>Begins a span under the one that is under way, if there is one.</summary>
    /// <returns>Null when nobody listens.</returns>
    public static Activity? Begin(string name, ActivityKind kind = ActivityKind.Internal) => Source.StartActivity(name, kind);

    /// <summary>
    /// Begins a span that goes on with a trace from elsewhere. That trace wins over the span under way, which is the runtime's own and only linked to.
    /// </summary>
    /// <param name="trace">W3C traceparent; what is none counts as null: then it is as <see cref="Begin(string, ActivityKind)"/>.</param>
    public static Activity? Begin(string name, string? trace)
    {
        if (!Source.HasListeners() || !ActivityContext.TryParse(trace, null, isRemote: true, out var parent))
            return Begin(name);
        var around = Activity.Current?.Context;
        return Source.StartActivity(
            name, ActivityKind.Internal, parent, links: around is { } other && other.TraceId != parent.TraceId ? [new ActivityLink(other)] : null);
    }

    /// <summary>Marks a span as failed: what kind of fault and where. Not its message, which may quote what people wrote.</summary>
    public static void Fail(this Activity span, Exception fault)
    {
        var kind = fault.GetType();
        span.SetStatus(ActivityStatusCode.Error, kind.Name).SetTag("error.type", kind.FullName);
        span.AddEvent(new ActivityEvent("exception", tags: new ActivityTagsCollection
        {
            ["exception.type"] = kind.FullName,
            // Without one, Azure Monitor leaves the event out.
            ["exception.message"] = kind.Name,
            ["exception.stacktrace"] = fault.StackTrace,
        }));
    }
}
