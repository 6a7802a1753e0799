using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace ServerlessBacklog.Adapters.Telemetry;

/// <summary>
/// Says on each log line what the span around it is about: delivery, item, step. So a line names them once, wherever it is written, on both hosts.
/// </summary>
internal sealed class SpanTagsOnLogs : BaseProcessor<LogRecord>
{
    private const string Ours = "backlog.";

    public override void OnEnd(LogRecord data)
    {
        if (Activity.Current is null)
            return;
        var attributes = new List<KeyValuePair<string, object?>>(data.Attributes ?? []);
        for (var span = Activity.Current; span is not null; span = span.Parent)
        {
            foreach (var tag in span.EnumerateTagObjects())
            {
                // The nearest span knows best.
                if (tag.Value is not null && tag.Key.StartsWith(Ours, StringComparison.Ordinal) && !attributes.Exists(a => a.Key == tag.Key))
                    attributes.Add(tag!);
            }
        }

        data.Attributes = attributes;
    }
}
