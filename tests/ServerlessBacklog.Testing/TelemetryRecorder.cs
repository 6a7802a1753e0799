using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing;

/// <summary>
/// Listens to what one test causes, whatever runs beside it: what was begun by the flow of control in which this was made, on whatever thread.
/// </summary>
public sealed class TelemetryRecorder : IDisposable
{
    private static readonly AsyncLocal<TelemetryRecorder?> Mine = new();

    private readonly ConcurrentQueue<Activity> spans = new();
    private readonly ConcurrentQueue<Measured> measured = new();
    private readonly ActivityListener activities;
    private readonly MeterListener meter = new();

    public TelemetryRecorder()
    {
        Mine.Value = this;
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => Mine.Value == this ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = span =>
            {
                if (Mine.Value == this)
                    span.SetCustomProperty(nameof(TelemetryRecorder), this);
            },
            ActivityStopped = span =>
            {
                if (span.GetCustomProperty(nameof(TelemetryRecorder)) == this)
                    spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(activities);
        meter.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Tracing.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meter.Start();
    }

    /// <summary>Spans that have ended, in the order of their ends.</summary>
    public IReadOnlyList<Activity> Spans => [.. spans];

    public Activity Span(string name) => Spans.Single(s => s.OperationName == name);

    /// <summary>Measurements of an instrument: <c>tracker=github result=accepted: 1</c>, tags in the order of the alphabet.</summary>
    public IReadOnlyList<string> Of(string instrument) => [.. measured.Where(m => m.Instrument == instrument).Select(m => $"{m.Tags}: {m.Value}")];

    /// <summary>Values of an instrument, whatever their tags.</summary>
    public IReadOnlyList<double> ValuesOf(string instrument) => [.. measured.Where(m => m.Instrument == instrument).Select(m => m.Value)];

    public void Dispose()
    {
        activities.Dispose();
        meter.Dispose();
        Mine.Value = null;
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Mine.Value == this)
            measured.Enqueue(new Measured(instrument.Name, value, string.Join(' ', tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"))));
    }

    private sealed record Measured(string Instrument, double Value, string Tags);
}
