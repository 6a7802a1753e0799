using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;

/// <summary>What a person took away or replaced in one update: it is not to be put back.</summary>
internal static class TakenBack
{
    private static readonly (string Name, WorkItemField Field)[] OneValued =
    [
        (Fields.Type, WorkItemField.Type),
        (Fields.Priority, WorkItemField.Priority),
        (Fields.Severity, WorkItemField.Severity),
        (Fields.Area, WorkItemField.Area),
        (Fields.State, WorkItemField.Status),
        .. Fields.Estimates.Select(e => (e, WorkItemField.Estimate)),
    ];

    /// <param name="changes">Old and new value by field.</param>
    public static IReadOnlyList<HumanOverride> By(Person person, DateTimeOffset at, AzureProject project, JsonElement changes) =>
        [.. Slots(project, changes).Select(s => new HumanOverride(s.Slot, s.Value, person.Login, at))];

    private static IEnumerable<(string Slot, string? Value)> Slots(AzureProject project, JsonElement changes)
    {
        if (changes.Part(Fields.Tags) is { } tags)
        {
            foreach (var tag in Fields.TagsOf(tags.Text("oldValue")).Except(Fields.TagsOf(tags.Text("newValue")), StringComparer.OrdinalIgnoreCase))
                yield return (new AddLabel(new Label(tag)).Slot, null);
        }

        if (changes.Part(Fields.AssignedTo) is { } assignee
            && Identities.Of(assignee.Part("oldValue")) is { } before && !before.Equals(Identities.Of(assignee.Part("newValue"))))
            yield return (new Assign(before).Slot, before.Login);

        foreach (var (name, field) in OneValued)
        {
            if (changes.Part(name) is { } change && change.Text("oldValue") is { } old && old != change.Text("newValue") && !IsRoot(field, old, project))
                yield return (new SetField(field, old).Slot, old);
        }

        if (changes.Part(Fields.State) is { } state && IsClosed(state.Text("oldValue")) && !IsClosed(state.Text("newValue")))
            yield return (new Close(CloseReason.Completed).Slot, null);
    }

    /// <summary>The root area is no area: leaving it replaces nothing.</summary>
    private static bool IsRoot(WorkItemField field, string value, AzureProject project) =>
        field == WorkItemField.Area && value.Equals(project.Name, StringComparison.OrdinalIgnoreCase);

    private static bool IsClosed(string? word) => word is not null && ItemMap.StateOfWord(word) == WorkItemState.Closed;
}
