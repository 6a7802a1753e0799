using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>Event <c>issue_comment</c>, which GitHub sends for pull requests too.</summary>
internal static class CommentEvents
{
    public static TrackerEvent Read(Payload payload, OwnAccount? own)
    {
        if (payload.Action is null)
            throw new ShapeException("'action' is missing");
        var issue = Json.Object(payload.Body, "issue");
        var json = Json.Object(payload.Body, "comment");
        var item = IssueJson.Read(issue, payload.Repository);
        var comment = Comments.OfRest(json);
        if (item.Kind == WorkItemKind.PullRequest)
            return payload.Ignore("a comment on a pull request") with { Item = item.Ref };
        if (payload.Action is not ("created" or "edited" or "deleted"))
            return payload.Ignore($"a comment was {payload.Action}") with { Item = item.Ref };
        var isDeleted = payload.Action == "deleted";
        var at = isDeleted ? item.UpdatedAt : Json.TimeOrNull(json, "updated_at") ?? comment.At;
        return payload.Event(EventKind.Changed) with
        {
            Item = item.Ref,
            State = item with { History = WorkItemHistory.Unknown },
            Comment = isDeleted ? null : comment,
            IsNewComment = payload.Action == "created" && !comment.IsOurs,
            CommentRemoved = isDeleted ? comment : null,
            At = at,
            IsOwn = payload.Sender.IsOwn || (!isDeleted && IsOurs(payload, comment, own)),
            Overrides = isDeleted && IsPerson(payload) && SlotOf(comment, own) is { } slot ? [new HumanOverride(slot, null, payload.Sender.Person!.Login, at!.Value)] : [],
            ContentKey = payload.Key(Json.Long(json, "id"), Json.TextOrNull(json, "updated_at"), Digest(comment.Body)),
        };
    }

    /// <summary>Under the token of a person only the mark tells our comments from theirs.</summary>
    private static bool IsOurs(Payload payload, WorkItemComment comment, OwnAccount? own) =>
        OurMark.IsOnAny(comment.Body) && own is not null && own.Is(comment.Author.Login) && own.Is(payload.Sender.Person?.Login);

    /// <summary>Whoever deletes our comment does not want another one there; whoever deletes a notice does not want it done. An answer is just read.</summary>
    private static string? SlotOf(WorkItemComment deleted, OwnAccount? own) =>
        own is not null && !own.Is(deleted.Author.Login) ? null
        : OurMark.IsOnNotice(deleted.Body) ? new Close(CloseReason.Completed).Slot
        : OurMark.IsOn(deleted.Body) ? new AddComment("").Slot
        : null;

    private static bool IsPerson(Payload payload) => payload.Sender is { IsOwn: false, Person: { IsBot: false } };

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
