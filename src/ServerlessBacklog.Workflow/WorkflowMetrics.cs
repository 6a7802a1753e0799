using System.Diagnostics.Metrics;

namespace ServerlessBacklog.Workflow;

/// <summary>What is measured of activities and orchestrations, on every runtime alike. The other instruments of the same meter are the application's.</summary>
public static class WorkflowMetrics
{
    /// <summary>The one meter of this program.</summary>
    public static Meter Meter { get; } = new(Tracing.Name);

    private static readonly Histogram<double> Activities = Meter.CreateHistogram(
        "backlog.activities.duration",
        "s",
        "Duration of one attempt of an activity.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    private static readonly Counter<long> FailedOrchestrations = Meter.CreateCounter<long>(
        "backlog.orchestrations.failed", "{instance}", "Instances that ended by a fault.");

    internal static void Attempted(string activity, string result, TimeSpan took) =>
        Activities.Record(took.TotalSeconds, new("activity", activity), new("result", result));

    internal static void Failed(string orchestration) => FailedOrchestrations.Add(1, new KeyValuePair<string, object?>("orchestration", orchestration));
}
