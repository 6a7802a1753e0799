using ServerlessBacklog.StandIns.AzureDevOps.Hooks;
using ServerlessBacklog.StandIns.AzureDevOps.Model;

namespace ServerlessBacklog.StandIns.AzureDevOps.Acts;

/// <summary>What can be done to a work item, by people and over the API alike: fields, history and service hooks go together.</summary>
internal sealed class ItemActs(Organization organization, HookDesk hooks)
{
    public Organization Organization => organization;

    public HookDesk Hooks => hooks;

    /// <summary>The address of the organization, once it is known.</summary>
    public string Root { get; set; } = "";

    public WorkItem Create(Project project, ItemType type, Identity by, ItemChange change)
    {
        var item = new WorkItem(organization.NextItem(), project);
        item.Fields["System.TeamProject"] = project.Name;
        item.Fields["System.WorkItemType"] = type.Name;
        item.Fields["System.CreatedDate"] = organization.Now;
        item.Fields["System.CreatedBy"] = by;
        item.Fields["System.CommentCount"] = 0L;
        var defaults = new Dictionary<string, object?>
        {
            ["System.AreaPath"] = project.Name,
            ["System.IterationPath"] = project.Name,
            ["System.State"] = type.States[0].State,
            ["System.Reason"] = "New",
            ["Microsoft.VSTS.Common.Priority"] = 2L,
        };
        foreach (var (name, value) in defaults)
            change.Fields.TryAdd(name, value);
        organization.Items.Add(item.Id, item);
        Write(item, by, change, "workitem.created");
        return item;
    }

    /// <returns>False when nothing was different: then there is no new revision.</returns>
    public bool Change(WorkItem item, Identity by, ItemChange change) => Write(item, by, change, "workitem.updated");

    public ItemComment Comment(WorkItem item, Identity by, string text)
    {
        Change(item, by, new ItemChange { History = text });
        return item.LastComment!;
    }

    public void EditComment(WorkItem item, ItemComment comment, Identity by, string text)
    {
        (comment.Text, comment.ModifiedBy, comment.ModifiedAt) = (text, by, organization.Now);
        comment.Version++;
        Touch(item, by, comment);
    }

    public void DeleteComment(WorkItem item, ItemComment comment, Identity by)
    {
        comment.IsDeleted = true;
        comment.Version++;
        Touch(item, by, comment);
    }

    /// <summary>Into the recycle bin.</summary>
    public void Delete(WorkItem item, Identity by)
    {
        (item.IsDeleted, item.DeletedAt, item.DeletedBy) = (true, organization.Now, by);
        hooks.Raise("workitem.deleted", item, by);
    }

    public void Restore(WorkItem item, Identity by)
    {
        (item.IsDeleted, item.DeletedAt, item.DeletedBy) = (false, null, null);
        hooks.Raise("workitem.restored", item, by);
    }

    private bool Write(WorkItem item, Identity by, ItemChange change, string eventType)
    {
        Follow(item, by, change);
        var fields = change.Fields.Where(f => !Equals(item.Fields.GetValueOrDefault(f.Key), f.Value))
            .ToDictionary(f => f.Key, f => (Old: item.Fields.GetValueOrDefault(f.Key), New: f.Value));
        if (fields.Count + change.Added.Count + change.Removed.Count == 0 && change.History is null)
            return false;
        item.LastComment = null;
        if (change.History is { } text)
        {
            var comment = new ItemComment(organization.NextComment(), item.Id, by, text, organization.Now);
            item.Comments.Add(comment);
            item.LastComment = comment;
            fields["System.History"] = (null, text);
            fields["System.CommentCount"] = (item.Fields["System.CommentCount"], (long)item.LiveComments.Count());
        }

        Revise(item, by, fields, change);
        var update = item.Updates[^1];
        foreach (var relation in change.Added)
            Mirror(item, relation, by, on: true);
        foreach (var relation in change.Removed)
            Mirror(item, relation, by, on: false);
        hooks.Raise(eventType, item, by, update);
        if (item.LastComment is not null && eventType == "workitem.updated")
            hooks.Raise("workitem.commented", item, by, update);
        return true;
    }

    /// <summary>A comment was edited or deleted: a revision without a change of fields.</summary>
    private void Touch(WorkItem item, Identity by, ItemComment comment)
    {
        item.LastComment = comment;
        Revise(item, by, new() { ["System.CommentCount"] = (item.Fields["System.CommentCount"], (long)item.LiveComments.Count()) }, new ItemChange());
        hooks.Raise("workitem.updated", item, by, item.Updates[^1]);
    }

    private void Revise(WorkItem item, Identity by, Dictionary<string, (object? Old, object? New)> fields, ItemChange change)
    {
        var now = organization.Now;
        fields["System.Rev"] = (item.Rev == 0 ? null : (long)item.Rev, (long)item.Rev + 1);
        fields["System.ChangedDate"] = (item.Fields.GetValueOrDefault("System.ChangedDate"), now);
        fields["System.ChangedBy"] = (item.Fields.GetValueOrDefault("System.ChangedBy"), by);
        fields["System.AuthorizedDate"] = (item.Fields.GetValueOrDefault("System.AuthorizedDate"), now);
        item.Rev++;
        foreach (var (name, value) in fields)
            if (value.New is null)
                item.Fields.Remove(name);
            else if (name != "System.Rev" && name != "System.History")
                item.Fields[name] = value.New;
        item.Relations.RemoveAll(change.Removed.Contains);
        item.Relations.AddRange(change.Added);
        item.Updates.Add(new Update(item.Updates.Count + 1, item.Rev, by, now) { Fields = fields, Added = [.. change.Added], Removed = [.. change.Removed] });
    }

    /// <summary>The other end of a link: an update of that item, too, but no revision of it.</summary>
    private void Mirror(WorkItem item, Relation relation, Identity by, bool on)
    {
        if (relation.Target is not { } id || organization.Items.GetValueOrDefault(id) is not { } other)
            return;
        var back = new Relation(LinkEnd.Find(relation.Rel)!.Opposite, item.Id, $"{Root}/_apis/wit/workItems/{item.Id}", relation.Comment);
        if (on)
            other.Relations.Add(back);
        else
            other.Relations.RemoveAll(r => r.Rel == back.Rel && r.Target == item.Id);
        other.Updates.Add(new Update(other.Updates.Count + 1, other.Rev, by, organization.Now) { Added = on ? [back] : [], Removed = on ? [] : [back] });
        hooks.Raise("workitem.updated", other, by, other.Updates[^1]);
    }

    /// <summary>What follows from a change of state: the reason and the dates.</summary>
    private void Follow(WorkItem item, Identity by, ItemChange change)
    {
        if (!change.Fields.TryGetValue("System.State", out var value) || value is not string state || Equals(item.Fields.GetValueOrDefault("System.State"), state))
            return;
        var category = item.Project.Type(change.Fields.GetValueOrDefault("System.WorkItemType") as string ?? item.Type)?.Category(state);
        change.Fields["Microsoft.VSTS.Common.StateChangeDate"] = organization.Now;
        change.Fields.TryAdd("System.Reason", $"Moved to state {state}");
        if (item.Rev == 0)
            return;
        change.Fields["Microsoft.VSTS.Common.ClosedDate"] = category == "Completed" ? organization.Now : null;
        change.Fields["Microsoft.VSTS.Common.ClosedBy"] = category == "Completed" ? by : null;
        if (category == "Resolved")
            change.Fields["Microsoft.VSTS.Common.ResolvedDate"] = organization.Now;
        if (category == "InProgress")
            change.Fields.TryAdd("Microsoft.VSTS.Common.ActivatedDate", organization.Now);
    }
}
