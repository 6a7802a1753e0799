using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>
/// Who belongs to the team, read from what people did: they are assigned, they label, plan or close what others reported, or the
/// tracker says that they are members. Bots never belong.
/// </summary>
public sealed class TeamMembers
{
    private static readonly string[] TeamRoles = ["OWNER", "MEMBER", "COLLABORATOR"];

    private static readonly string[] TeamEvents = ["labeled", "unlabeled", "milestoned", "assigned", "closed"];

    private readonly HashSet<Person> people = [];

    public static TeamMembers From(BacklogSnapshot backlog)
    {
        var team = new TeamMembers();
        foreach (var item in backlog.Items.Values.Select(o => o.Item))
        {
            team.people.UnionWith(item.Assignees);
            if (item.Reporter is { } reporter && TeamRoles.Contains(item.ReporterRole, StringComparer.OrdinalIgnoreCase))
                team.people.Add(reporter);
            team.people.UnionWith(item.History.Events
                .Where(e => e.Actor is not null && !e.Actor.Equals(item.Reporter) && TeamEvents.Contains(e.Kind, StringComparer.OrdinalIgnoreCase))
                .Select(e => e.Actor!));
        }

        team.people.RemoveWhere(p => p.IsBot);
        return team;
    }

    /// <summary>True for a member, and for everybody when the backlog shows no member at all.</summary>
    public bool Includes(Person person) => !person.IsBot && (people.Count == 0 || people.Contains(person));
}
