using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Hooks;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Subscriptions of service hooks and the history of their calls, for those who have the right to see or to edit them.</summary>
internal static class HookRoutes
{
    public static void Map(AdoRouter routes) => routes
        .OfOrganization("GET", "/_apis/hooks/subscriptions", visit => View(visit, List))
        .OfOrganization("POST", "/_apis/hooks/subscriptions", visit => Edit(visit, Create))
        .OfOrganization("GET", "/_apis/hooks/subscriptions/{subscription}", visit => View(visit, v => Answer.Ok(HookShapes.Subscription(v, Find(v)))))
        .OfOrganization("PUT", "/_apis/hooks/subscriptions/{subscription}", visit => Edit(visit, Replace))
        .OfOrganization("DELETE", "/_apis/hooks/subscriptions/{subscription}", visit => Edit(visit, Delete))
        .OfOrganization("GET", "/_apis/hooks/subscriptions/{subscription}/notifications", visit => View(visit, Notifications));

    private static Answer View(AdoVisit visit, Func<AdoVisit, Answer> handler) =>
        visit.Options.MayNotViewHooks.Contains(visit.Caller.UniqueName) ? throw NoRight(visit, "View subscriptions") : handler(visit);

    private static Answer Edit(AdoVisit visit, Func<AdoVisit, Answer> handler) =>
        visit.Options.MayNotEditHooks.Contains(visit.Caller.UniqueName) ? throw NoRight(visit, "Edit subscriptions") : View(visit, handler);

    private static RefusedException NoRight(AdoVisit visit, string right) => AdoRefusals.Of(
        403,
        $"TF50309: The following account does not have sufficient permissions to complete the operation: {visit.Caller.DisplayName}. The following permissions are needed to perform this operation: {right}.",
        "AccessCheckException");

    private static Answer List(AdoVisit visit)
    {
        var found = visit.Acts.Hooks.Subscriptions.Where(s =>
            (visit.Call.Query("publisherId") ?? "tfs") == "tfs"
            && (visit.Call.Query("eventType") is not { } type || s.EventType == type)
            && (visit.Call.Query("consumerId") ?? "webHooks") == "webHooks");
        return Answer.Ok(AdoShapes.List(found.Select(s => HookShapes.Subscription(visit, s))));
    }

    private static Answer Create(AdoVisit visit)
    {
        var wish = Read(visit);
        var subscription = new Subscription(Guid.NewGuid(), wish.Project, wish.EventType, wish.Target, visit.Caller, visit.Organization.Now) { Inputs = wish.Inputs };
        visit.Acts.Hooks.Subscriptions.Add(subscription);
        return Answer.Ok(HookShapes.Subscription(visit, subscription));
    }

    /// <summary>All of it, as it is written; a secret that is sent back masked stays as it was. The project cannot be changed here.</summary>
    private static Answer Replace(AdoVisit visit)
    {
        var subscription = Find(visit);
        var wish = Read(visit);
        if (wish.Project != subscription.Project)
            throw AdoRefusals.Bad("The project of a subscription cannot be changed.", "SubscriptionInputException");
        subscription.EventType = wish.EventType;
        subscription.Inputs = wish.Inputs;
        subscription.Target = wish.Target with
        {
            BasicPassword = wish.Target.BasicPassword == HookShapes.Masked ? subscription.Target.BasicPassword : wish.Target.BasicPassword,
            Headers = wish.Target.Headers.ToDictionary(h => h.Key, h => h.Value == HookShapes.Masked ? subscription.Target.Headers.GetValueOrDefault(h.Key, "") : h.Value),
        };
        (subscription.ModifiedBy, subscription.ModifiedAt) = (visit.Caller, visit.Organization.Now);
        if (visit.Object()["status"]?.ToString() is ("enabled" or "disabledByUser") and var status)
            (subscription.Status, subscription.Failures) = (status, 0);
        return Answer.Ok(HookShapes.Subscription(visit, subscription));
    }

    private static Answer Delete(AdoVisit visit)
    {
        visit.Acts.Hooks.Subscriptions.Remove(Find(visit));
        return Answer.Nothing;
    }

    /// <summary>Newest first. Tries of one event are one notification.</summary>
    private static Answer Notifications(AdoVisit visit)
    {
        var subscription = Find(visit);
        var most = int.TryParse(visit.Call.Query("maxResults"), out var asked) ? asked : 100;
        var found = visit.Acts.Hooks.Post.Sent.Where(n => n.Subscription == subscription)
            .GroupBy(n => n.Number)
            .Select(tries => HookShapes.Notification(visit, tries.MaxBy(t => t.Attempt)!))
            .Where(n => (visit.Call.Query("status") is not { } status || n["status"]!.ToString() == status)
                && (visit.Call.Query("result") is not { } result || n["result"]!.ToString() == result))
            .OrderByDescending(n => n["id"]!.GetValue<int>())
            .Take(most);
        return Answer.Ok(AdoShapes.List(found));
    }

    private static Subscription Find(AdoVisit visit) =>
        visit.Acts.Hooks.Subscriptions.Find(s => s.Id.ToString().Equals(visit.Call["subscription"], StringComparison.OrdinalIgnoreCase))
        ?? throw AdoRefusals.Of(404, $"TF26193: The subscription with id {visit.Call["subscription"]} does not exist.", "SubscriptionNotFoundException");

    private static (Model.Project Project, string EventType, AzureDevOpsHookTarget Target, SubscriptionInputs Inputs) Read(AdoVisit visit)
    {
        var body = visit.Object();
        var (inputs, publisher) = (body["consumerInputs"], body["publisherInputs"]);
        var project = visit.Organization.Project(Text(publisher, "projectId") ?? "") ?? throw AdoRefusals.NoProject(Text(publisher, "projectId") ?? "");
        if (Text(body, "eventType") is not { } eventType || Text(inputs, "url") is not { } url)
            throw AdoRefusals.Bad("eventType and consumerInputs.url are needed.", "SubscriptionInputException");
        var headers = (Text(inputs, "httpHeaders") ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries)).ToDictionary(p => p[0], p => p[^1]);
        var target = new AzureDevOpsHookTarget(new Uri(url))
        {
            Headers = headers, BasicUser = Text(inputs, "basicAuthUsername"), BasicPassword = Text(inputs, "basicAuthPassword"), EventTypes = [eventType],
        };
        return (project, eventType, target, new SubscriptionInputs
        {
            ResourceVersion = Text(body, "resourceVersion") ?? "1.0",
            ResourceDetails = Text(inputs, "resourceDetailsToSend") ?? "all",
            Messages = Text(inputs, "messagesToSend") ?? "all",
            DetailedMessages = Text(inputs, "detailedMessagesToSend") ?? "all",
            AreaPath = Text(publisher, "areaPath") ?? "",
            WorkItemType = Text(publisher, "workItemType") ?? "",
        });
    }

    private static string? Text(JsonNode? node, string name) => node?[name]?.ToString();
}
