using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Telemetry;

/// <summary>
/// One call on a tracker to change an item: a span with an event for each change, since a tracker may make several with one request. One
/// that ends without outcomes has failed, and may have written.
/// </summary>
internal sealed class WriteSpan(Activity? span, string tracker) : IDisposable
{
    private bool isNoted;

    public static WriteSpan Begin(WorkItemRef item) =>
        new(Tracing.Begin($"write {item.Tracker}")?.SetTag(SpanTags.Item, item.ToString()).SetTag(SpanTags.Tracker, item.Tracker), item.Tracker);

    public void Note(IReadOnlyList<ChangeOutcome> outcomes)
    {
        isNoted = true;
        foreach (var outcome in outcomes)
        {
            BacklogMetrics.Changed(tracker, outcome);
            span?.AddEvent(new ActivityEvent("change", tags: new ActivityTagsCollection
            {
                [SpanTags.Change] = BacklogMetrics.Kind(outcome.Change),
                [SpanTags.Result] = BacklogMetrics.Word(outcome.State),
            }));
        }

        span?.SetTag(SpanTags.Change, outcomes.Select(o => BacklogMetrics.Kind(o.Change)).Distinct().ToArray());
    }

    public void Dispose()
    {
        if (!isNoted)
            span?.SetStatus(ActivityStatusCode.Error);
        span?.Dispose();
    }
}
