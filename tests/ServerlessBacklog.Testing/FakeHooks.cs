using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>
/// Webhooks in a form of our own: the header <c>Secret</c> proves them, the body names the item and the title that it has now:
/// <c>github:owner/repo#1 Crash on save</c>. A test may shape what is told.
/// </summary>
public sealed class FakeHooks : ITrackerHooks
{
    public const string Secret = "s3cret";

    /// <summary>Shapes what a call tells.</summary>
    public Func<TrackerEvent, TrackerEvent> Shape { get; set; } = told => told;

    /// <summary>Called before anything is read; may throw.</summary>
    public Action<HookRequest> Before { get; set; } = _ => { };

    public bool IsConfigured { get; set; } = true;

    public static HookRequest Call(string body, string id = "1", string? secret = Secret, string name = "issues.edited") => new(
        header => header switch
        {
            "X-GitHub-Delivery" => id,
            "X-GitHub-Event" => name,
            nameof(Secret) => secret,
            _ => null,
        },
        Encoding.UTF8.GetBytes(body));

    public HookVerdict Verify(HookRequest request) =>
        !IsConfigured ? HookVerdict.NotConfigured
        : request.Header(nameof(Secret)) is not { } given ? HookVerdict.Unproven
        : given == Secret ? HookVerdict.Genuine
        : HookVerdict.Forged;

    public TrackerEvent Read(HookRequest request)
    {
        Before(request);
        var words = Encoding.UTF8.GetString(request.Body.Span).Split(' ', 2);
        if (!WorkItemRef.TryParse(words[0], out var item))
            throw new BadHookException("The body names no item. Write it as tracker:project#number.");
        var state = words.Length < 2 ? null : new WorkItem { Ref = item!, Title = words[1], CreatedAt = An.Instant.AddDays(-1), UpdatedAt = An.Instant };
        return Shape(new TrackerEvent
        {
            DeliveryId = request.Header("X-GitHub-Delivery")!,
            Name = request.Header("X-GitHub-Event")!,
            Kind = EventKind.Changed,
            Backlog = item!.Project,
            Item = item,
            State = state,
            At = state?.UpdatedAt,
            Actor = new Person("ada"),
        });
    }
}
