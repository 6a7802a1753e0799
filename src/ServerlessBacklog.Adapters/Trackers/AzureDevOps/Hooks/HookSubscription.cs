using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>A subscription of service hooks as the service shows it: one event of one project, delivered to one place. Secrets are masked.</summary>
internal sealed record HookSubscription
{
    /// <summary>Where the hosts take service hooks in.</summary>
    public const string Path = "/hooks/azuredevops";

    private const string WebHooks = "webHooks";
    private const string StorageQueue = "azureStorageQueue";

    /// <summary>The events that are needed: all that there are of work items.</summary>
    public static IReadOnlyList<string> Events { get; } =
        ["workitem.created", "workitem.updated", "workitem.commented", "workitem.deleted", "workitem.restored"];

    public required string Id { get; init; }

    public required string EventType { get; init; }

    /// <summary><c>enabled</c>, <c>onProbation</c>, <c>disabledBy…</c>, in lower case.</summary>
    public required string Status { get; init; }

    public string? ProjectId { get; init; }

    public string? Consumer { get; init; }

    public Uri? Url { get; init; }

    public string? Queue { get; init; }

    /// <summary>True when calls carry our header or a password. Which ones, the service does not show.</summary>
    public bool SendsSecret { get; init; }

    /// <summary>False when events come without the fields of their item.</summary>
    public bool SendsAllDetails { get; init; } = true;

    /// <summary>The filters that keep events of the project away: <c>areaPath</c>, <c>workItemType</c> …</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    public DateTimeOffset? ModifiedAt { get; init; }

    public bool IsCall => Consumer == WebHooks;

    public bool IsOn => Status is "enabled" or "onprobation";

    public static HookSubscription Of(JsonElement shown)
    {
        var publisher = shown.Part("publisherInputs") ?? default;
        var inputs = shown.Part("consumerInputs") ?? default;
        return new HookSubscription
        {
            Id = shown.Text("id") ?? "?",
            EventType = shown.Text("eventType") ?? "?",
            Status = shown.Text("status")?.ToLowerInvariant() ?? "",
            ProjectId = publisher.Text("projectId"),
            Consumer = shown.Text("consumerId"),
            Url = Uri.TryCreate(inputs.Text("url"), UriKind.Absolute, out var url) ? url : null,
            Queue = inputs.Text("queueName"),
            SendsSecret = inputs.Text("basicAuthPassword") is not null || HasOurHeader(inputs.Text("httpHeaders")),
            SendsAllDetails = inputs.Text("resourceDetailsToSend") is not { } details || details.Equals("all", StringComparison.OrdinalIgnoreCase),
            Filters = [.. new[] { "areaPath", "workItemType", "changedFields", "commentPattern", "tag" }.Where(f => publisher.Text(f) is not null)],
            ModifiedAt = shown.Time("modifiedDate"),
        };
    }

    /// <summary>Whether it leads here: to the path of our hooks, or into the queue that is set.</summary>
    public bool IsOurs(AzureDevOpsOptions options) => Consumer switch
    {
        WebHooks => Url is not null && Url.AbsolutePath.TrimEnd('/').EndsWith(Path, StringComparison.OrdinalIgnoreCase),
        StorageQueue => options.HookQueue is { } queue && string.Equals(Queue, queue, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>What its status says; null while it is in order.</summary>
    public HookTrouble? Trouble(string organization)
    {
        var hook = $"The service hook for '{EventType}' in the organization '{organization}' (subscription {Id})";
        return Status switch
        {
            "onprobation" => new HookTrouble(
                $"{hook} is on probation: its calls fail, and events are being lost.",
                "See why in Project settings, Service hooks, History; one call that goes through ends it."),
            "disabledbysystem" => new HookTrouble(
                $"{hook} was switched off since its calls failed for too long.", "Mend the cause (Project settings, Service hooks, History), then enable it there."),
            "disabledbyuser" => new HookTrouble($"{hook} was switched off by a person.", "Enable it in Project settings, Service hooks, or delete it."),
            "disabledbyinactiveidentity" => new HookTrouble(
                $"{hook} was switched off since its creator has left the project or lost the right to it.", "Create it anew under an account that stays."),
            _ => null,
        };
    }

    /// <summary>Names of headers are shown with their values masked, or all is masked together.</summary>
    private static bool HasOurHeader(string? headers) =>
        headers is not null && (headers.Contains(HookSecrets.Header, StringComparison.OrdinalIgnoreCase) || !headers.Contains(':', StringComparison.Ordinal));
}

/// <summary>What is wrong with a service hook, and what to do about it.</summary>
internal sealed record HookTrouble(string What, string Mend)
{
    public static HookTrouble Unseen(string organization) => new(
        $"The service hooks of the organization '{organization}' cannot be looked after.",
        "Give the account the permission 'View subscriptions' of service hooks (project administrators have it), and a token all scopes that "
        + "this needs; until then look at Project settings, Service hooks yourself.");

    public override string ToString() => $"{What} {Mend}";
}
