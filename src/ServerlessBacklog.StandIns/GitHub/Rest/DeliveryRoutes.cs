using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>The deliveries of webhooks, an app's and a repository's alike.</summary>
internal static class DeliveryRoutes
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public static IEnumerable<Attempt> Recent(Visit visit)
    {
        var now = visit.Desk.Clock.GetUtcNow();
        return visit.Desk.Hooks.Attempts.Where(a => a.DeliveredAt is { } at && now - at < Kept).Reverse();
    }

    /// <summary>Newest first, by cursor, not by page.</summary>
    public static Answer List(Visit visit, IEnumerable<Attempt> attempts)
    {
        var size = Paging.PerPage(visit);
        attempts = visit.Call.Query("status") switch { "success" => attempts.Where(a => a.IsGood), "failure" => attempts.Where(a => !a.IsGood), _ => attempts };
        if (visit.Call.Query("cursor") is ['v', '1', '_', .. var id] && long.TryParse(id, out var cursor))
            attempts = attempts.Where(a => a.Id <= cursor);
        var page = attempts.Take(size + 1).ToList();
        var answer = Answer.Ok(Shapes.Array(page.Take(size).Select(Shape)));
        return page.Count <= size ? answer : answer.With("Link", $"<{Paging.Address(visit, "cursor", $"v1_{page[size].Id}")}>; rel=\"next\"");
    }

    public static Answer Single(Visit visit, IEnumerable<Attempt> attempts)
    {
        var attempt = Find(visit, attempts);
        var shape = Shape(attempt);
        shape["url"] = attempt.Hook.Url.ToString();
        shape["request"] = new JsonObject
        {
            ["headers"] = new JsonObject { ["X-GitHub-Delivery"] = attempt.Guid.ToString(), ["X-GitHub-Event"] = attempt.Event },
            ["payload"] = JsonNode.Parse(attempt.Payload),
        };
        shape["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = null };
        return Answer.Ok(shape);
    }

    public static Answer Redeliver(Visit visit, IEnumerable<Attempt> attempts)
    {
        visit.Desk.Hooks.Redeliver(Find(visit, attempts));
        return new Answer(202, new JsonObject());
    }

    private static Attempt Find(Visit visit, IEnumerable<Attempt> attempts) =>
        attempts.FirstOrDefault(a => a.Id == visit.Call.Id("delivery")) ?? throw Refusals.NotFound();

    private static JsonObject Shape(Attempt attempt) => new()
    {
        ["id"] = attempt.Id,
        ["guid"] = attempt.Guid.ToString(),
        ["delivered_at"] = attempt.DeliveredAt!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
        ["redelivery"] = attempt.IsRedelivery,
        ["duration"] = Math.Round(attempt.Seconds, 2),
        ["status"] = attempt.Status,
        ["status_code"] = attempt.StatusCode,
        ["event"] = attempt.Event,
        ["action"] = attempt.Action,
        ["installation_id"] = attempt.InstallationId,
        ["repository_id"] = attempt.RepositoryId,
        ["throttled_at"] = null,
    };
}
