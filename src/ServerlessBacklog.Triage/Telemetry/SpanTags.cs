using System.Diagnostics;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Telemetry;

/// <summary>What is said on spans, and by them on each log line under them: references, counts and words of this program; never what people wrote.</summary>
public static class SpanTags
{
    public const string Backlog = "backlog.name";
    public const string Item = "backlog.item";
    public const string Tracker = "backlog.tracker";

    /// <summary>The tracker's id of a delivery.</summary>
    public const string Delivery = "backlog.delivery";

    /// <summary>Event and action in the tracker's words.</summary>
    public const string Event = "backlog.event";

    public const string Decision = "backlog.decision";
    public const string Step = "backlog.step";
    public const string Page = "backlog.page";
    public const string Change = "backlog.change";
    public const string Result = "backlog.result";

    /// <summary>Says which item a span is about.</summary>
    public static Activity About(this Activity span, string? backlog, WorkItemRef? item) =>
        span.SetTag(Backlog, backlog).SetTag(Item, item?.ToString());
}
