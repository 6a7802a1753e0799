using System.Collections.Frozen;
using System.Text;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>
/// Which names mean which field, in our own format and in the exports of GitHub, GitLab, Jira, Azure DevOps and Bugzilla. Names compare
/// without case, blanks and punctuation. Of several names for one field the earlier in its row wins where it has a value.
/// </summary>
internal static class FieldNames
{
    private static readonly (Field Field, string OurName, string Names)[] Table =
    [
        (Field.Id, "id", "issuekey key | number iid bugid workitemid issuenumber | id | issueid"),
        (Field.Project, "project", "project | projectkey | repository repo | projectname | teamproject"),
        (Field.Title, "title", "title | summary | subject"),
        (Field.Body, "body", "body | description | text | reprosteps"),
        (Field.AcceptanceCriteria, "acceptance_criteria", "acceptancecriteria"),
        (Field.Design, "design", "design"),
        (Field.Notes, "notes", "notes"),
        (Field.Kind, "kind", "kind"),
        (Field.State, "state", "state status issuestatus"),
        (Field.StateCategory, "state_category", "statuscategory statecategory"),
        (Field.Resolution, "resolution", "resolution statereason closereason reason"),
        (Field.Type, "type", "type issuetype workitemtype"),
        (Field.Priority, "priority", "priority"),
        (Field.Severity, "severity", "severity"),
        (Field.Component, "component", "component components | areapath"),
        (Field.Labels, "labels", "label labels tag tags"),
        (Field.Assignee, "assignee", "assigneeusername | assignee assignees assignedto"),
        (Field.Reporter, "reporter", "authorusername | reporter author createdby openedby user | creator"),
        (Field.ReporterRole, "reporter_role", "reporterrole authorassociation"),
        (Field.Milestone, "milestone", "milestone | sprint | iterationpath iteration | fixversions fixversion targetmilestone"),
        (Field.CreatedAt, "created_at", "createdat created createddate createdatutc creationdate opened"),
        (Field.UpdatedAt, "updated_at", "updatedat updated changeddate updatedatutc lastmodified changed"),
        (Field.StartedAt, "started_at", "startedat started activateddate | actualstart"),
        (Field.ClosedAt, "closed_at", "closedat closed closeddate closedatutc | resolved resolveddate resolutiondate resolvedat"),
        (Field.MergedAt, "merged_at", "mergedat merged"),
        (Field.DueDate, "due_date", "duedate due dueat targetdate"),
        (Field.StoryPoints, "story_points", "storypoints storypointestimate points | effort weight size"),
        (Field.DuplicateOf, "duplicate_of", "duplicateof duplicates"),
        (Field.BlockedBy, "blocked_by", "blockedby dependson predecessor predecessors"),
        (Field.Blocks, "blocks", "blocks successor successors"),
        (Field.Parent, "parent", "parentkey | parent | parentid | epiclink"),
        (Field.Related, "related", "related relatesto seealso"),
        (Field.Links, "links", "links dependencies issuelinks"),
        (Field.Comments, "comments", "comments commentcount commentscount"),
        (Field.Comment, "comment", "comment"),
        (Field.Events, "events", "events"),
        (Field.Reactions, "reactions", "reactions votes thumbsup"),
        (Field.Url, "url", "htmlurl | weburl | url link"),
        (Field.Split, "source_split", "sourcesplit"),
        (Field.Vague, "vague", "vague"),
        (Field.LowValue, "low_value", "lowvalue"),
        (Field.Protected, "protected", "protected"),
        (Field.HeldOut, "held_out", "heldout"),
        (Field.Ignore, "ignore", "ignore"),
    ];

    /// <summary>Jira heads a custom field with <c>Custom field (Story Points)</c>; a built-in column of the same name wins.</summary>
    private const string JiraCustom = "customfield";
    private const int AfterBuiltIn = 10;

    private static readonly FrozenDictionary<string, (Field Field, int Rank)> ByName = Build();

    /// <summary>The names that documentation and mapping files use.</summary>
    public static IReadOnlyList<string> Ours { get; } = [.. Table.Select(t => t.OurName).Order(StringComparer.Ordinal)];

    /// <summary>The field and how early its name stands in its row (0 is first); null when the name is unknown.</summary>
    public static (Field Field, int Rank)? Find(string name)
    {
        var known = Normalise(name);
        if (ByName.TryGetValue(known, out var found))
            return found;
        return known.StartsWith(JiraCustom, StringComparison.Ordinal) && ByName.TryGetValue(known[JiraCustom.Length..], out found)
            ? (found.Field, found.Rank + AfterBuiltIn)
            : null;
    }

    public static Field? FindOurs(string name)
    {
        foreach (var row in Table)
        {
            if (row.OurName == name)
                return row.Field;
        }

        return null;
    }

    public static string Of(Field field) => Array.Find(Table, t => t.Field == field).OurName;

    public static string Normalise(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static FrozenDictionary<string, (Field Field, int Rank)> Build()
    {
        var names = new Dictionary<string, (Field, int)>(StringComparer.Ordinal);
        foreach (var (field, ours, row) in Table)
        {
            var ranks = row.Split('|');
            for (var rank = 0; rank < ranks.Length; rank++)
            {
                foreach (var name in ranks[rank].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    names[name] = (field, rank);
            }

            names.TryAdd(Normalise(ours), (field, 0));
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
