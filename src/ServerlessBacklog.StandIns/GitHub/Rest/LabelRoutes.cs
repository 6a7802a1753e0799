using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Access;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Labels and assignees. POST adds, PUT replaces all, DELETE of one takes that one.</summary>
internal static class LabelRoutes
{
    private const int LongestName = 50;

    public static void Map(RepoRouter routes) => routes
        .Add("GET", "/labels", List)
        .Add("POST", "/labels", Create)
        .Add("GET", "/labels/{label}", visit => Answer.Ok(visit.Shapes.Label(visit.Repo(), OfRepo(visit))))
        .Add("PATCH", "/labels/{label}", Rename)
        .Add("DELETE", "/labels/{label}", Remove)
        .Add("GET", "/issues/{number}/labels", visit => visit.Page(visit.Issue().Labels, l => visit.Shapes.Label(visit.Repo(), l)))
        .Add("POST", "/issues/{number}/labels", visit => Change(visit, replace: false))
        .Add("PUT", "/issues/{number}/labels", visit => Change(visit, replace: true))
        .Add("DELETE", "/issues/{number}/labels", RemoveAll)
        .Add("DELETE", "/issues/{number}/labels/{label}", RemoveOne)
        .Add("GET", "/assignees", visit => visit.Page(People(visit), visit.Shapes.Account))
        .Add("GET", "/assignees/{login}", visit => visit.Repo().IsAssignable(visit.Call["login"]) ? Answer.Nothing : throw Refusals.NotFound())
        .Add("POST", "/issues/{number}/assignees", visit => Assign(visit, on: true))
        .Add("DELETE", "/issues/{number}/assignees", visit => Assign(visit, on: false));

    public static LabelDefinition Named(Visit visit, Repo repo, Doer doer, string name)
    {
        if (name.Trim().Length == 0)
            throw Refusals.Invalid("Label", "name", "missing_field");
        if (name.Length > LongestName)
            throw Refusals.Invalid("Label", "name", "custom", $"name is too long (maximum is {LongestName} characters)");
        return visit.Acts.LabelNamed(repo, doer, name.Trim());
    }

    private static Answer List(Visit visit)
    {
        var repo = visit.Repo();
        return visit.Page(repo.Labels, l => visit.Shapes.Label(repo, l));
    }

    private static Answer Create(Visit visit)
    {
        var repo = visit.Repo();
        var doer = Gatekeeper.DemandTriage(visit.Caller, repo, visit.World);
        var body = visit.Body();
        var name = Visit.Text(body, "name") ?? throw Refusals.Invalid("Label", "name", "missing_field");
        if (repo.Label(name) is not null)
            throw Refusals.Invalid("Label", "name", "already_exists");
        if (Visit.Text(body, "color")?.StartsWith('#') == true)
            throw Refusals.Invalid("Label", "color", "invalid");
        if (Visit.Text(body, "description")?.Length > 100)
            throw Refusals.Invalid("Label", "description", "custom", "description is too long (maximum is 100 characters)");
        var label = Named(visit, repo, doer, name);
        (label.Color, label.Description) = (Visit.Text(body, "color") ?? label.Color, Visit.Text(body, "description"));
        return Answer.Created(visit.Shapes.Label(repo, label));
    }

    private static Answer Rename(Visit visit)
    {
        Gatekeeper.DemandTriage(visit.Caller, visit.Repo(), visit.World);
        var (label, body) = (OfRepo(visit), visit.Body());
        label.Name = Visit.Text(body, "new_name") ?? label.Name;
        label.Color = Visit.Text(body, "color") ?? label.Color;
        label.Description = body.ContainsKey("description") ? Visit.Text(body, "description") : label.Description;
        return Answer.Ok(visit.Shapes.Label(visit.Repo(), label));
    }

    private static Answer Remove(Visit visit)
    {
        var repo = visit.Repo();
        var doer = Gatekeeper.DemandTriage(visit.Caller, repo, visit.World);
        var label = OfRepo(visit);
        foreach (var issue in repo.Issues.Values)
            visit.Acts.RemoveLabel(issue, doer, label);
        repo.Labels.Remove(label);
        return Answer.Nothing;
    }

    private static Answer Change(Visit visit, bool replace)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World);
        var names = visit.Call.Json() is JsonArray bare ? [.. bare.Select(n => n is JsonObject o ? o["name"]!.ToString() : n!.ToString())] : Visit.Texts(visit.Body(), "labels");
        if (names is null)
            throw Refusals.Invalid("Label", "labels", "missing_field");
        var labels = names.Select(n => Named(visit, issue.Repo, doer, n)).Distinct().ToList();
        visit.Acts.SetLabels(issue, doer, replace ? labels : [.. issue.Labels.Union(labels)]);
        return Answer.Ok(visit.Shapes.Labels(issue));
    }

    private static Answer RemoveAll(Visit visit)
    {
        var issue = visit.Issue();
        visit.Acts.SetLabels(issue, Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World), []);
        return Answer.Nothing;
    }

    private static Answer RemoveOne(Visit visit)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World);
        var label = issue.Repo.Label(visit.Call["label"]);
        if (label is null || !issue.Labels.Contains(label))
            throw Refusals.Of(404, "Label does not exist");
        visit.Acts.RemoveLabel(issue, doer, label);
        return Answer.Ok(visit.Shapes.Labels(issue));
    }

    /// <summary>People without access are left out without a word.</summary>
    private static Answer Assign(Visit visit, bool on)
    {
        var issue = visit.Issue();
        var doer = Gatekeeper.DemandTriage(visit.Caller, issue.Repo, visit.World);
        var logins = Visit.Texts(visit.Body(), "assignees") ?? [];
        foreach (var account in logins.Where(l => !on || issue.Repo.IsAssignable(l)).Select(l => visit.World.Account(l)))
            if (on)
                visit.Acts.Assign(issue, doer, account);
            else
                visit.Acts.Unassign(issue, doer, account);
        return new Answer(on ? 201 : 200, visit.Shapes.Issue(issue));
    }

    private static IEnumerable<Account> People(Visit visit)
    {
        var repo = visit.Repo();
        return visit.World.Accounts.Where(a => a.Type == "User" && repo.IsAssignable(a.Login));
    }

    private static LabelDefinition OfRepo(Visit visit) => visit.Repo().Label(visit.Call["label"]) ?? throw Refusals.NotFound();
}
