using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Comments, whose interface is a preview to this day.</summary>
internal static class ItemCommentRoutes
{
    private const int LargestPage = 200;

    private static readonly string[] ReactionTypes = ["like", "dislike", "heart", "hooray", "smile", "confused"];

    public static void Map(AdoRouter routes) => routes
        .OfProject("GET", "/_apis/wit/workItems/{id}/comments", List)
        .OfProject("POST", "/_apis/wit/workItems/{id}/comments", Create)
        .OfProject("GET", "/_apis/wit/workItems/{id}/comments/{comment}", visit => Answer.Ok(visit.Shapes.Comment(visit.Item(), Find(visit))))
        .OfProject("PATCH", "/_apis/wit/workItems/{id}/comments/{comment}", Edit)
        .OfProject("DELETE", "/_apis/wit/workItems/{id}/comments/{comment}", Delete)
        .OfProject("GET", "/_apis/wit/workItems/{id}/comments/{comment}/reactions", Reactions)
        .OfProject("GET", "/_apis/wit/workItems/{id}/comments/{comment}/reactions/{type}/users", Reacted);

    /// <summary>Newest first, unless asked otherwise; further pages by token.</summary>
    private static Answer List(AdoVisit visit)
    {
        DemandPreview(visit);
        var item = visit.Item();
        var ascending = visit.Call.Query("order")?.ToLowerInvariant() == "asc";
        var all = (ascending ? item.LiveComments : item.LiveComments.Reverse()).ToList();
        var top = Math.Min(int.TryParse(visit.Call.Query("$top"), out var t) ? t : LargestPage, LargestPage);
        var from = int.TryParse(visit.Call.Query("continuationToken"), out var token) ? token : 0;
        var page = all.Skip(from).Take(top).ToList();
        var result = new JsonObject
        {
            ["totalCount"] = all.Count, ["count"] = page.Count, ["comments"] = new JsonArray([.. page.Select(c => visit.Shapes.Comment(item, c))]),
        };
        if (from + page.Count < all.Count)
            result["continuationToken"] = $"{from + page.Count}";
        return Answer.Ok(result);
    }

    private static Answer Create(AdoVisit visit)
    {
        DemandPreview(visit);
        var item = visit.Item();
        return Answer.Ok(visit.Shapes.Comment(item, visit.Acts.Comment(item, visit.Caller, Text(visit))));
    }

    private static Answer Edit(AdoVisit visit)
    {
        DemandPreview(visit);
        var (item, comment) = (visit.Item(), Own(visit));
        visit.Acts.EditComment(item, comment, visit.Caller, Text(visit));
        return Answer.Ok(visit.Shapes.Comment(item, comment));
    }

    private static Answer Delete(AdoVisit visit)
    {
        DemandPreview(visit);
        visit.Acts.DeleteComment(visit.Item(), Own(visit), visit.Caller);
        return Answer.Nothing;
    }

    /// <summary>How many gave each, and whether the caller did.</summary>
    private static Answer Reactions(AdoVisit visit)
    {
        var (item, comment) = Reactable(visit);
        return Answer.Ok(AdoShapes.List(comment.Reactions.GroupBy(r => r.Type).Select(g => new JsonObject
        {
            ["type"] = g.Key,
            ["commentId"] = comment.Id,
            ["count"] = g.Count(),
            ["isCurrentUserEngaged"] = g.Any(r => r.By == visit.Caller),
            ["url"] = $"{visit.Shapes.ItemUrl(item)}/comments/{comment.Id}/reactions/{g.Key}",
        })));
    }

    private static Answer Reacted(AdoVisit visit)
    {
        var (_, comment) = Reactable(visit);
        var type = ReactionTypes.Contains(visit.Call["type"], StringComparer.OrdinalIgnoreCase)
            ? visit.Call["type"]
            : throw AdoRefusals.Bad($"The value '{visit.Call["type"]}' is not valid for CommentReactionType.", "ArgumentException");
        var users = comment.Reactions.Where(r => r.Type.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(r => r.By);
        var skip = int.TryParse(visit.Call.Query("$skip"), out var s) ? s : 0;
        var top = int.TryParse(visit.Call.Query("$top"), out var t) ? t : LargestPage;
        return Answer.Ok(AdoShapes.List(users.Skip(skip).Take(top).Select(visit.Shapes.Identity)));
    }

    private static (WorkItem Item, ItemComment Comment) Reactable(AdoVisit visit)
    {
        DemandPreview(visit);
        return visit.Options.HasReactions
            ? (visit.Item(), Find(visit))
            : throw AdoRefusals.Of(404, $"The controller for path '{visit.Call.Path}' was not found or does not implement IController.", "HttpException");
    }

    private static string Text(AdoVisit visit) =>
        visit.Object()["text"]?.ToString() is { Length: > 0 } text ? text : throw AdoRefusals.Bad("The comment text cannot be empty.", "ArgumentException");

    private static ItemComment Find(AdoVisit visit) =>
        visit.Item().LiveComments.FirstOrDefault(c => c.Id == visit.Call.Number("comment"))
        ?? throw AdoRefusals.Of(404, $"Comment {visit.Call["comment"]} does not exist.", "WorkItemCommentNotFoundException");

    private static ItemComment Own(AdoVisit visit)
    {
        var comment = Find(visit);
        return comment.By == visit.Caller ? comment : throw AdoRefusals.Of(403, "You do not have permissions to change the comment of somebody else.", "CommentUpdatePermissionException");
    }

    private static void DemandPreview(AdoVisit visit)
    {
        if (visit.Call.Query("api-version") is { } version && !version.Contains("-preview"))
            throw AdoRefusals.Bad($"The requested version \"{version}\" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: \"{version}-preview\"", "VssInvalidPreviewVersionException");
    }
}
