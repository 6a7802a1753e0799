using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Acts;

internal static partial class CommentActs
{
    public static Comment Comment(this IssueActs acts, Issue issue, Doer doer, string body)
    {
        var comment = new Comment(acts.World.NextId(), issue, doer, body, acts.World.Now);
        issue.Comments.Add(comment);
        acts.Note(issue, doer, "commented", e => e with { Comment = comment });
        Tell(acts, comment, "created", doer);
        References.Follow(acts, issue, doer, body);
        if (DuplicateOf().Match(body) is { Success: true } match
            && issue.Repo.Issues.GetValueOrDefault(int.Parse(match.Groups["number"].Value)) is { } canonical
            && (doer.App is not null || issue.Repo.CanPush(doer.Account.Login)))
        {
            issue.DuplicateOf = canonical;
            acts.Note(issue, doer, "marked_as_duplicate", e => e with { Other = canonical });
        }

        return comment;
    }

    public static void Edit(this IssueActs acts, Comment comment, Doer doer, string body)
    {
        if (comment.Body == body)
            return;
        var former = comment.Body;
        (comment.Body, comment.UpdatedAt) = (body, acts.World.Now);
        comment.Issue.UpdatedAt = acts.World.Now;
        Tell(acts, comment, "edited", doer, payload => payload["changes"] = new JsonObject { ["body"] = new JsonObject { ["from"] = former } });
        References.Follow(acts, comment.Issue, doer, body);
    }

    public static void Delete(this IssueActs acts, Comment comment, Doer doer)
    {
        comment.Issue.Comments.Remove(comment);
        comment.Issue.Timeline.RemoveAll(e => e.Comment == comment);
        acts.Note(comment.Issue, doer, "comment_deleted");
        Tell(acts, comment, "deleted", doer);
    }

    /// <summary>Reactions raise no webhook and leave the time of change as it is.</summary>
    public static (Reaction Reaction, bool IsNew) React(this IssueActs acts, List<Reaction> reactions, Account who, string content)
    {
        if (reactions.Find(r => r.User == who && r.Content == content) is { } there)
            return (there, false);
        var reaction = new Reaction(acts.World.NextId(), who, content, acts.World.Now);
        reactions.Add(reaction);
        return (reaction, true);
    }

    private static void Tell(IssueActs acts, Comment comment, string action, Doer doer, Action<JsonObject>? fill = null) =>
        acts.Hooks.Raise("issue_comment", action, comment.Issue.Repo, doer, payload =>
        {
            payload["issue"] = acts.Hooks.Shapes.Issue(comment.Issue);
            payload["comment"] = acts.Hooks.Shapes.Comment(comment);
            fill?.Invoke(payload);
        });

    [GeneratedRegex(@"^\s*duplicate of #(?<number>\d{1,9})\b", RegexOptions.IgnoreCase)]
    private static partial Regex DuplicateOf();
}
