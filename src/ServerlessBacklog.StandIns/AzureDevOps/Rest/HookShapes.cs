using System.Net;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Hooks;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Subscriptions and calls of service hooks as JSON. Secrets are not shown.</summary>
internal static class HookShapes
{
    public const string Masked = "********";

    public static JsonObject Subscription(AdoVisit visit, Subscription subscription) => new()
    {
        ["id"] = subscription.Id.ToString(),
        ["url"] = $"{visit.Shapes.Root}/_apis/hooks/subscriptions/{subscription.Id}",
        ["status"] = subscription.Status,
        ["probationRetries"] = subscription.Failures,
        ["publisherId"] = "tfs",
        ["eventType"] = subscription.EventType,
        ["subscriber"] = null,
        ["resourceVersion"] = subscription.Inputs.ResourceVersion,
        ["eventDescription"] = "Any work item type",
        ["consumerId"] = "webHooks",
        ["consumerActionId"] = "httpRequest",
        ["actionDescription"] = $"To host {subscription.Target.Url.Host}",
        ["createdBy"] = visit.Shapes.Identity(subscription.CreatedBy),
        ["createdDate"] = AdoShapes.Time(subscription.CreatedAt),
        ["modifiedBy"] = visit.Shapes.Identity(subscription.ModifiedBy),
        ["modifiedDate"] = AdoShapes.Time(subscription.ModifiedAt),
        ["publisherInputs"] = PublisherInputs(subscription),
        ["consumerInputs"] = ConsumerInputs(subscription),
    };

    /// <summary>One call: what was sent, and what came back.</summary>
    public static JsonObject Notification(AdoVisit visit, Notification notification)
    {
        var isDone = notification.StatusCode is not null;
        return new JsonObject
        {
            ["id"] = notification.Number,
            ["subscriptionId"] = notification.Subscription.Id.ToString(),
            ["subscriberId"] = notification.Subscription.CreatedBy.Id.ToString(),
            ["eventId"] = notification.EventId.ToString(),
            ["status"] = isDone ? "completed" : "queued",
            ["result"] = !isDone ? "pending" : notification.IsGood ? "succeeded" : "failed",
            ["createdDate"] = AdoShapes.Time(notification.CreatedAt),
            ["modifiedDate"] = AdoShapes.Time(notification.DeliveredAt ?? notification.CreatedAt),
            ["details"] = Details(notification),
        };
    }

    private static JsonObject Details(Notification notification)
    {
        var subscription = notification.Subscription;
        return new JsonObject
        {
            ["eventType"] = subscription.EventType,
            ["event"] = JsonNode.Parse(notification.Payload),
            ["publisherId"] = "tfs",
            ["consumerId"] = "webHooks",
            ["consumerActionId"] = "httpRequest",
            ["consumerInputs"] = ConsumerInputs(subscription),
            ["publisherInputs"] = PublisherInputs(subscription),
            ["request"] = $"Method: POST\r\nURI: {subscription.Target.Url}\r\nHTTP Version: 1.1\r\nHeaders:\r\n{{\r\n  Content-Type: application/json; charset=utf-8\r\n}}",
            ["response"] = notification.StatusCode is > 0 and var code ? $"Status Code: {code}\r\nReason Phrase: {Reason(code)}\r\nHTTP Version: 1.1\r\nHeaders:\r\n{{\r\n}}" : null,
            ["errorMessage"] = notification.StatusCode switch
            {
                null or (>= 200 and < 300) => null,
                0 => $"An error occurred while sending the request: {notification.StatusText}.",
                var refused => $"{Reason(refused.Value)} ({refused})",
            },
            ["requestAttempts"] = notification.Attempt,
        };
    }

    private static JsonObject PublisherInputs(Subscription subscription) => new()
    {
        ["projectId"] = subscription.Project.Id.ToString(),
        ["areaPath"] = subscription.Inputs.AreaPath,
        ["workItemType"] = subscription.Inputs.WorkItemType,
        ["tfsSubscriptionId"] = subscription.Id.ToString(),
    };

    private static JsonObject ConsumerInputs(Subscription subscription)
    {
        var (target, asked) = (subscription.Target, subscription.Inputs);
        var inputs = new JsonObject
        {
            ["url"] = target.Url.ToString(), ["resourceDetailsToSend"] = asked.ResourceDetails, ["messagesToSend"] = asked.Messages, ["detailedMessagesToSend"] = asked.DetailedMessages,
        };
        if (target.Headers.Count > 0)
            inputs["httpHeaders"] = string.Join('\n', target.Headers.Keys.Select(name => $"{name}:{Masked}"));
        if (target.BasicPassword is not null)
            (inputs["basicAuthUsername"], inputs["basicAuthPassword"]) = (target.BasicUser, Masked);
        return inputs;
    }

    private static string Reason(int code) => ((HttpStatusCode)code).ToString();
}
