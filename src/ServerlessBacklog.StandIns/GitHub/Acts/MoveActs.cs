using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Acts;

/// <summary>Ways of an issue out of its repository.</summary>
internal static class MoveActs
{
    public static void Delete(this IssueActs acts, Issue issue, Doer doer)
    {
        LinkActs.CutAll(issue);
        issue.Repo.Issues.Remove(issue.Number);
        issue.Repo.Deleted.Add(issue.Number);
        acts.Tell(issue, "deleted", doer);
    }

    /// <summary>The issue gets a new number and a new id; labels that the other repository does not have are lost.</summary>
    public static Issue Transfer(this IssueActs acts, Issue issue, Repo to, Doer doer)
    {
        var (world, shapes, from) = (acts.World, acts.Hooks.Shapes, issue.Repo);
        var moved = new Issue(world.NextId(), to, to.NextNumber++, new Doer(issue.Author, issue.App), issue.CreatedAt)
        {
            Title = issue.Title, Body = issue.Body, IsOpen = issue.IsOpen, StateReason = issue.StateReason,
            ClosedAt = issue.ClosedAt, ClosedBy = issue.ClosedBy, UpdatedAt = world.Now,
        };
        moved.Labels.AddRange(issue.Labels.Select(l => to.Label(l.Name)).OfType<LabelDefinition>());
        moved.Assignees.AddRange(issue.Assignees.Where(a => to.IsAssignable(a.Login)));
        moved.Timeline.AddRange(issue.Timeline);
        moved.Comments.AddRange(issue.Comments.Select(c =>
            new Comment(world.NextId(), moved, new Doer(c.Author, c.App), c.Body, c.CreatedAt) { UpdatedAt = c.UpdatedAt }));
        var old = shapes.Issue(issue);
        LinkActs.CutAll(issue);
        from.Issues.Remove(issue.Number);
        from.Transferred[issue.Number] = moved;
        to.Issues.Add(moved.Number, moved);
        acts.Note(moved, doer, "transferred");
        acts.Hooks.Raise("issues", "transferred", from, doer, payload =>
        {
            payload["issue"] = old.DeepClone();
            payload["changes"] = new JsonObject { ["new_issue"] = shapes.Issue(moved), ["new_repository"] = shapes.Repository(to) };
        });
        acts.Tell(moved, "opened", doer, payload =>
            payload["changes"] = new JsonObject { ["old_issue"] = old.DeepClone(), ["old_repository"] = shapes.Repository(from) });
        return moved;
    }
}
