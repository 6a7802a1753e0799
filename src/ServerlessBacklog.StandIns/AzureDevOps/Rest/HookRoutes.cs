using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Hooks;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Subscriptions of service hooks. Secrets are not shown.</summary>
internal static class HookRoutes
{
    private const string Masked = "********";

    public static void Map(AdoRouter routes) => routes
        .OfOrganization("GET", "/_apis/hooks/subscriptions", List)
        .OfOrganization("POST", "/_apis/hooks/subscriptions", Create)
        .OfOrganization("GET", "/_apis/hooks/subscriptions/{subscription}", visit => Answer.Ok(Shape(visit, Find(visit))))
        .OfOrganization("DELETE", "/_apis/hooks/subscriptions/{subscription}", Delete);

    private static Answer List(AdoVisit visit)
    {
        var found = visit.Acts.Hooks.Subscriptions.Where(s =>
            (visit.Call.Query("publisherId") ?? "tfs") == "tfs"
            && (visit.Call.Query("eventType") is not { } type || s.EventType == type)
            && (visit.Call.Query("consumerId") ?? "webHooks") == "webHooks");
        return Answer.Ok(AdoShapes.List(found.Select(s => Shape(visit, s))));
    }

    private static Answer Create(AdoVisit visit)
    {
        var body = visit.Object();
        var (inputs, publisher) = (body["consumerInputs"], body["publisherInputs"]);
        var project = visit.Organization.Project(publisher?["projectId"]?.ToString() ?? "") ?? throw AdoRefusals.NoProject(publisher?["projectId"]?.ToString() ?? "");
        if (body["eventType"]?.ToString() is not { } eventType || inputs?["url"]?.ToString() is not { } url)
            throw AdoRefusals.Bad("eventType and consumerInputs.url are needed.", "SubscriptionInputException");
        var headers = (inputs["httpHeaders"]?.ToString() ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(p => p[0], p => p[^1]);
        var target = new AzureDevOpsHookTarget(new Uri(url))
        {
            Headers = headers, BasicUser = inputs["basicAuthUsername"]?.ToString(), BasicPassword = inputs["basicAuthPassword"]?.ToString(), EventTypes = [eventType],
        };
        var subscription = new Subscription(Guid.NewGuid(), project, eventType, target, visit.Caller, visit.Organization.Now);
        visit.Acts.Hooks.Subscriptions.Add(subscription);
        return Answer.Ok(Shape(visit, subscription));
    }

    private static Answer Delete(AdoVisit visit)
    {
        visit.Acts.Hooks.Subscriptions.Remove(Find(visit));
        return Answer.Nothing;
    }

    private static Subscription Find(AdoVisit visit) =>
        visit.Acts.Hooks.Subscriptions.Find(s => s.Id.ToString().Equals(visit.Call["subscription"], StringComparison.OrdinalIgnoreCase))
        ?? throw AdoRefusals.Of(404, $"TF26193: The subscription with id {visit.Call["subscription"]} does not exist.", "SubscriptionNotFoundException");

    private static JsonObject Shape(AdoVisit visit, Subscription subscription)
    {
        var target = subscription.Target;
        var inputs = new JsonObject { ["url"] = target.Url.ToString(), ["resourceDetailsToSend"] = "all", ["messagesToSend"] = "none", ["detailedMessagesToSend"] = "none" };
        if (target.Headers.Count > 0)
            inputs["httpHeaders"] = string.Join('\n', target.Headers.Keys.Select(name => $"{name}:{Masked}"));
        if (target.BasicPassword is not null)
            (inputs["basicAuthUsername"], inputs["basicAuthPassword"]) = (target.BasicUser, Masked);
        return new JsonObject
        {
            ["id"] = subscription.Id.ToString(),
            ["url"] = $"{visit.Shapes.Root}/_apis/hooks/subscriptions/{subscription.Id}",
            ["status"] = subscription.Status,
            ["probationRetries"] = subscription.Failures,
            ["publisherId"] = "tfs",
            ["eventType"] = subscription.EventType,
            ["subscriber"] = null,
            ["resourceVersion"] = "1.0",
            ["eventDescription"] = "Any work item type",
            ["consumerId"] = "webHooks",
            ["consumerActionId"] = "httpRequest",
            ["actionDescription"] = $"To host {target.Url.Host}",
            ["createdBy"] = visit.Shapes.Identity(subscription.CreatedBy),
            ["createdDate"] = AdoShapes.Time(subscription.CreatedAt),
            ["modifiedBy"] = visit.Shapes.Identity(subscription.CreatedBy),
            ["modifiedDate"] = AdoShapes.Time(subscription.CreatedAt),
            ["publisherInputs"] = new JsonObject { ["projectId"] = subscription.Project.Id.ToString(), ["areaPath"] = "", ["workItemType"] = "", ["tfsSubscriptionId"] = subscription.Id.ToString() },
            ["consumerInputs"] = inputs,
        };
    }
}
