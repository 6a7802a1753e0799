using System.Net.Http.Headers;
using System.Text;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Deliveries;

namespace ServerlessBacklog.StandIns.AzureDevOps.Hooks;

/// <summary>One event type of one project, delivered to one address.</summary>
internal sealed class Subscription(Guid id, Project project, string eventType, AzureDevOpsHookTarget target, Identity createdBy, DateTimeOffset at)
{
    public Guid Id { get; } = id;

    public Project Project { get; } = project;

    public string EventType { get; set; } = eventType;

    public AzureDevOpsHookTarget Target { get; set; } = target;

    public Identity CreatedBy { get; } = createdBy;

    public DateTimeOffset CreatedAt { get; } = at;

    public Identity ModifiedBy { get; set; } = createdBy;

    public DateTimeOffset ModifiedAt { get; set; } = at;

    public SubscriptionInputs Inputs { get; set; } = new();

    /// <summary>enabled, onProbation, disabledByUser, disabledBySystem or disabledByInactiveIdentity.</summary>
    public string Status { get; set; } = "enabled";

    /// <summary>Failures in a row while on probation.</summary>
    public int Failures { get; set; }

    public int LastNotification { get; set; }

    public bool IsOn => Status is "enabled" or "onProbation";
}

/// <summary>What else was asked for, as it was written.</summary>
internal sealed record SubscriptionInputs
{
    public string ResourceVersion { get; init; } = "1.0";

    public string ResourceDetails { get; init; } = "all";

    public string Messages { get; init; } = "none";

    public string DetailedMessages { get; init; } = "none";

    /// <summary>Shown, not played.</summary>
    public string AreaPath { get; init; } = "";

    /// <summary>Shown, not played.</summary>
    public string WorkItemType { get; init; } = "";
}

/// <summary>One try to deliver.</summary>
internal sealed class Notification(Subscription subscription, Guid eventId, int number, byte[] payload, bool isDropped, int attempt, DateTimeOffset createdAt) : IOutgoing
{
    public Subscription Subscription { get; } = subscription;

    public Guid EventId { get; } = eventId;

    public int Number { get; } = number;

    public byte[] Payload { get; } = payload;

    public bool IsDropped { get; } = isDropped;

    public int Attempt { get; } = attempt;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Null while it waits, 0 when no answer came.</summary>
    public int? StatusCode { get; private set; }

    public DateTimeOffset? DeliveredAt { get; private set; }

    /// <summary>What was said of the answer.</summary>
    public string StatusText { get; private set; } = "";

    public bool IsGood => StatusCode is >= 200 and < 300;

    public bool IsTransient => StatusCode is 0 or 408 or 502 or 503 or 504;

    public HttpRequestMessage Request()
    {
        var target = Subscription.Target;
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(Payload) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TryAddWithoutValidation("User-Agent", "VSServices/20.0.0 (TfsJobAgent.exe)");
        request.Headers.Add("X-VSS-ActivityId", EventId.ToString());
        request.Headers.Add("X-VSS-SubscriptionId", Subscription.Id.ToString());
        foreach (var (name, value) in target.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (target.BasicPassword is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{target.BasicUser}:{target.BasicPassword}")));
        return request;
    }

    public void Done(int code, string status, DateTimeOffset at, double seconds) => (StatusCode, StatusText, DeliveredAt) = (code, status, at);
}
