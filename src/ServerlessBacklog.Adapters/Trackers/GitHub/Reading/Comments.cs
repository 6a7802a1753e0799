using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

internal static class Comments
{
    /// <summary>A comment as REST and webhooks write it.</summary>
    public static WorkItemComment OfRest(JsonElement comment) =>
        Of(Logins.OfRest(Json.ObjectOrNull(comment, "user")), Json.Time(comment, "created_at"), Json.TextOrNull(comment, "body") ?? "");

    /// <summary>Ours is a bot's, whatever account wrote it: it is no human activity.</summary>
    public static WorkItemComment Of(Person author, DateTimeOffset at, string body) =>
        OurMark.IsOnAny(body) ? new(author with { IsBot = true }, at, body) { IsOurs = true } : new(author, at, body);
}
