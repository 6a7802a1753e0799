using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Acts;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Comments and reactions.</summary>
internal static class CommentRoutes
{
    public static void Map(RepoRouter routes) => routes
        .Add("GET", "/issues/comments", ListAll)
        .Add("GET", "/issues/comments/{id}", visit => Answer.Ok(visit.Shapes.Comment(Find(visit))))
        .Add("PATCH", "/issues/comments/{id}", Edit)
        .Add("DELETE", "/issues/comments/{id}", Delete)
        .Add("GET", "/issues/comments/{id}/reactions", visit => Reactions(visit, Find(visit).Reactions))
        .Add("POST", "/issues/comments/{id}/reactions", visit => React(visit, Find(visit).Reactions))
        .Add("GET", "/issues/{number}/comments", List)
        .Add("POST", "/issues/{number}/comments", Create)
        .Add("GET", "/issues/{number}/reactions", visit => Reactions(visit, visit.Issue().Reactions))
        .Add("POST", "/issues/{number}/reactions", visit => React(visit, visit.Issue().Reactions));

    private static Answer List(Visit visit) => visit.Page(Since(visit, visit.Issue().Comments), visit.Shapes.Comment);

    private static Answer ListAll(Visit visit)
    {
        var repo = visit.Repo();
        Gatekeeper.DemandRead(visit.Caller, repo);
        var all = Since(visit, repo.Issues.Values.SelectMany(i => i.Comments));
        var sorted = visit.Call.Query("sort") == "updated" ? all.OrderBy(c => c.UpdatedAt).ThenBy(c => c.Id) : all.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id);
        return visit.Page(visit.Call.Query("direction") == "desc" ? sorted.Reverse() : sorted, visit.Shapes.Comment);
    }

    private static Answer Create(Visit visit)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandVoice(visit.Caller, issue.Repo, visit.World);
        if (issue.IsLocked && (visit.Caller.Kind == CallerKind.Installation || !issue.Repo.CanPush(doer.Account.Login)))
            throw Refusals.Of(403, "Unable to create comment because issue is locked.");
        var comment = visit.Acts.Comment(issue, doer, Text(visit));
        return Answer.Created(visit.Shapes.Comment(comment)).With("Location", $"{visit.Shapes.RepoUrl(issue.Repo)}/issues/comments/{comment.Id}");
    }

    private static Answer Edit(Visit visit)
    {
        var (comment, doer) = Own(visit);
        visit.Acts.Edit(comment, doer, Text(visit));
        return Answer.Ok(visit.Shapes.Comment(comment));
    }

    private static Answer Delete(Visit visit)
    {
        var (comment, doer) = Own(visit);
        visit.Acts.Delete(comment, doer);
        return Answer.Nothing;
    }

    /// <summary>All, or those of one content (<c>?content=-1</c>).</summary>
    private static Answer Reactions(Visit visit, IReadOnlyList<Reaction> reactions) => visit.Call.Query("content") switch
    {
        null => visit.Page(reactions, visit.Shapes.Reaction),
        var content when Reaction.Contents.Contains(content) => visit.Page(reactions.Where(r => r.Content == content), visit.Shapes.Reaction),
        _ => throw Refusals.Invalid("Reaction", "content", "invalid"),
    };

    private static Answer React(Visit visit, List<Reaction> reactions)
    {
        var doer = Gatekeeper.DemandVoice(visit.Caller, visit.Repo(), visit.World);
        var content = Visit.Text(visit.Body(), "content");
        if (content is null || !Reaction.Contents.Contains(content))
            throw Refusals.Invalid("Reaction", "content", "invalid");
        var (reaction, isNew) = visit.Acts.React(reactions, doer.Account, content);
        return new Answer(isNew ? 201 : 200, visit.Shapes.Reaction(reaction));
    }

    private static string Text(Visit visit)
    {
        var body = Visit.Text(visit.Body(), "body");
        if (string.IsNullOrWhiteSpace(body))
            throw Refusals.Invalid("IssueComment", "body", "missing_field");
        IssueRoutes.DemandLength("IssueComment", body);
        return body;
    }

    private static (Comment Comment, Doer Doer) Own(Visit visit)
    {
        var comment = Find(visit);
        var doer = Gatekeeper.DemandVoice(visit.Caller, comment.Issue.Repo, visit.World);
        var may = comment.Author == doer.Account || visit.Caller.Kind == CallerKind.Installation || comment.Issue.Repo.CanPush(doer.Account.Login);
        return may ? (comment, doer) : throw Refusals.Of(403, "Must have admin rights to Repository.");
    }

    private static Comment Find(Visit visit)
    {
        var repo = visit.Repo();
        Gatekeeper.DemandRead(visit.Caller, repo);
        return repo.Issues.Values.SelectMany(i => i.Comments).FirstOrDefault(c => c.Id == visit.Call.Id("id")) ?? throw Refusals.NotFound();
    }

    private static IEnumerable<Comment> Since(Visit visit, IEnumerable<Comment> comments) =>
        visit.Call.Query("since") is { } since ? IssueFilter.Since(comments, IssueFilter.Moment(since), c => c.UpdatedAt) : comments;
}
