using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Acts;

/// <summary>What can be done to an issue, by people and over the API alike: state, timeline and webhooks go together.</summary>
internal sealed class IssueActs(World world, HookCenter hooks)
{
    public World World => world;

    public HookCenter Hooks => hooks;

    public Issue Open(Repo repo, Doer doer, string title, string? body, bool isPullRequest = false)
    {
        var issue = new Issue(world.NextId(), repo, repo.NextNumber++, doer, world.Now) { Title = title, Body = body, IsPullRequest = isPullRequest };
        repo.Issues.Add(issue.Number, issue);
        if (!isPullRequest)
            Tell(issue, "opened", doer);
        References.Follow(this, issue, doer, body);
        return issue;
    }

    public void Edit(Issue issue, Doer doer, string title, string? body)
    {
        var changes = new JsonObject();
        if (title != issue.Title)
        {
            changes["title"] = new JsonObject { ["from"] = issue.Title };
            Note(issue, doer, "renamed", e => e with { Rename = (issue.Title, title) });
        }

        if (body != issue.Body)
        {
            changes["body"] = new JsonObject { ["from"] = issue.Body ?? "" };
            issue.EditedAt = world.Now;
        }

        if (changes.Count == 0)
            return;
        (issue.Title, issue.Body) = (title, body);
        Tell(issue, "edited", doer, payload => payload["changes"] = changes);
        References.Follow(this, issue, doer, body);
    }

    public void Close(Issue issue, Doer doer, string? reason)
    {
        if (!issue.IsOpen)
        {
            // Closing a closed issue for another reason only changes the reason.
            issue.StateReason = reason ?? issue.StateReason;
            return;
        }

        issue.IsOpen = false;
        issue.StateReason = issue.IsPullRequest ? null : reason ?? "completed";
        (issue.ClosedAt, issue.ClosedBy) = (world.Now, doer.Account);
        Note(issue, doer, "closed", e => e with { StateReason = issue.StateReason });
        Tell(issue, "closed", doer);
    }

    public void Reopen(Issue issue, Doer doer)
    {
        if (issue.IsOpen)
            return;
        issue.IsOpen = true;
        issue.StateReason = issue.IsPullRequest ? null : "reopened";
        (issue.ClosedAt, issue.ClosedBy, issue.DuplicateOf) = (null, null, null);
        Note(issue, doer, "reopened", e => e with { StateReason = issue.StateReason });
        Tell(issue, "reopened", doer);
    }

    public void AddLabel(Issue issue, Doer doer, LabelDefinition label)
    {
        if (issue.Labels.Contains(label))
            return;
        issue.Labels.Add(label);
        Note(issue, doer, "labeled", e => e with { Label = label });
        Tell(issue, "labeled", doer, payload => payload["label"] = hooks.Shapes.Label(issue.Repo, label));
    }

    public void RemoveLabel(Issue issue, Doer doer, LabelDefinition label)
    {
        if (!issue.Labels.Remove(label))
            return;
        Note(issue, doer, "unlabeled", e => e with { Label = label });
        Tell(issue, "unlabeled", doer, payload => payload["label"] = hooks.Shapes.Label(issue.Repo, label));
    }

    /// <summary>All labels that are not named go.</summary>
    public void SetLabels(Issue issue, Doer doer, IReadOnlyList<LabelDefinition> labels)
    {
        foreach (var gone in issue.Labels.Except(labels).ToList())
            RemoveLabel(issue, doer, gone);
        foreach (var label in labels)
            AddLabel(issue, doer, label);
    }

    /// <summary>The label of that name, made if there is none: GitHub does so when an issue is labeled.</summary>
    public LabelDefinition LabelNamed(Repo repo, Doer doer, string name, string color = "ededed", string? description = null)
    {
        if (repo.Label(name) is { } there)
            return there;
        var label = new LabelDefinition(world.NextId(), name, color, description);
        repo.Labels.Add(label);
        hooks.Raise("label", "created", repo, doer, payload => payload["label"] = hooks.Shapes.Label(repo, label));
        return label;
    }

    public void Assign(Issue issue, Doer doer, Account who)
    {
        if (issue.Assignees.Contains(who) || issue.Assignees.Count >= 10)
            return;
        issue.Assignees.Add(who);
        Note(issue, doer, "assigned", e => e with { Assignee = who });
        Tell(issue, "assigned", doer, payload => payload["assignee"] = hooks.Shapes.Account(who));
    }

    public void Unassign(Issue issue, Doer doer, Account who)
    {
        if (!issue.Assignees.Remove(who))
            return;
        Note(issue, doer, "unassigned", e => e with { Assignee = who });
        Tell(issue, "unassigned", doer, payload => payload["assignee"] = hooks.Shapes.Account(who));
    }

    public void SetType(Issue issue, Doer doer, IssueKind? type)
    {
        if (issue.Type == type)
            return;
        var former = issue.Type;
        issue.Type = type;
        var what = type is null ? "issue_type_removed" : former is null ? "issue_type_added" : "issue_type_changed";
        Note(issue, doer, what, e => e with { Type = type, FormerType = former });
        if (former is not null)
            Tell(issue, "untyped", doer, payload => payload["type"] = Shapes.Type(former));
        if (type is not null)
            Tell(issue, "typed", doer, payload => payload["type"] = Shapes.Type(type));
    }

    public void SetMilestone(Issue issue, Doer doer, Milestone? milestone)
    {
        if (issue.Milestone == milestone)
            return;
        var former = issue.Milestone;
        issue.Milestone = milestone;
        Note(issue, doer, milestone is null ? "demilestoned" : "milestoned", e => e with { Milestone = (milestone ?? former)!.Title });
        Tell(issue, milestone is null ? "demilestoned" : "milestoned", doer,
            payload => payload["milestone"] = hooks.Shapes.Milestone(issue.Repo, milestone ?? former));
    }

    public void Lock(Issue issue, Doer doer, bool on, string? reason)
    {
        if (issue.IsLocked == on)
            return;
        (issue.IsLocked, issue.LockReason) = (on, on ? reason : null);
        Note(issue, doer, on ? "locked" : "unlocked");
        Tell(issue, on ? "locked" : "unlocked", doer);
    }

    /// <summary>Writes an entry of the timeline and sets the issue's time of change.</summary>
    public void Note(Issue issue, Doer doer, string what, Func<TimelineEntry, TimelineEntry>? fill = null)
    {
        var entry = new TimelineEntry(world.NextId(), what, doer, world.Now);
        issue.Timeline.Add(fill?.Invoke(entry) ?? entry);
        issue.UpdatedAt = world.Now;
    }

    public void Tell(Issue issue, string action, Doer doer, Action<JsonObject>? fill = null)
    {
        issue.UpdatedAt = world.Now;
        hooks.Raise("issues", action, issue.Repo, doer, payload =>
        {
            payload["issue"] = hooks.Shapes.Issue(issue);
            fill?.Invoke(payload);
        });
    }
}
