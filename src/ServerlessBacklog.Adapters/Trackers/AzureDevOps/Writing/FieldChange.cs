using System.Globalization;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>Our fields in the fields and words of Azure DevOps.</summary>
internal static class FieldChange
{
    private static readonly string[] Severities = ["1 - Critical", "2 - High", "3 - Medium", "4 - Low"];

    public static Planned Set(ItemState item, SetField set) => set.Field switch
    {
        WorkItemField.Type => Write(item, Fields.Type, set.Value, set.Value),
        WorkItemField.Priority => Priority(set.Value) is { } priority
            ? Write(item, Fields.Priority, priority, $"{priority}")
            : Planned.Refused("Azure DevOps knows the priorities 1 to 4 only"),
        WorkItemField.Severity => Severity(set.Value) is var severity ? Write(item, Fields.Severity, severity, severity) : default!,
        WorkItemField.Area => AreaOf(item, set.Value) is var area ? Write(item, Fields.Area, area, area) : default!,
        WorkItemField.Estimate => Estimate(item, set.Value),
        _ => Write(item, Fields.State, set.Value, set.Value),
    };

    public static Planned Clear(ItemState item, ClearField clear) => clear.Field switch
    {
        WorkItemField.Type or WorkItemField.Status => Planned.Refused("every work item of Azure DevOps has a type and a state"),
        WorkItemField.Priority => Remove(item, Fields.Priority),
        WorkItemField.Severity => Remove(item, Fields.Severity),
        // The root area is what "none" looks like.
        WorkItemField.Area => Write(item, Fields.Area, item.Project.Name, item.Project.Name),
        _ => item.EstimateField is { } estimate ? Remove(item, estimate) : Planned.Done,
    };

    /// <summary>To a state of the item's type that leaves it open.</summary>
    public static Planned Move(ItemState item, string status)
    {
        if (item.States.FirstOrDefault(s => s.Name.Equals(status, StringComparison.OrdinalIgnoreCase)) is not { } state)
            return Planned.Refused($"its type has no state '{status}'; it has {string.Join(", ", item.States.Select(s => s.Name))}");
        if (state.Meaning == WorkItemState.Closed)
            return Planned.Refused($"'{state.Name}' closes it, which needs a person: write close: true into the rule");
        return item.IsClosed ? Planned.Refused("it is closed") : Write(item, Fields.State, state.Name, state.Name);
    }

    private static Planned Write(ItemState item, string field, object value, string text) =>
        string.Equals(item.Values.Text(field), text, StringComparison.OrdinalIgnoreCase)
            ? Planned.Done
            : Planned.By(PatchOperation.SetField(field, value));

    private static Planned Remove(ItemState item, string field) =>
        item.Values.Text(field) is null ? Planned.Done : Planned.By(new PatchOperation("remove", $"/fields/{field}"));

    private static Planned Estimate(ItemState item, string text)
    {
        if (item.EstimateField is not { } field)
            return Planned.Refused("this type of work item has no field for an estimate");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var points) || !double.IsFinite(points) || points < 0)
            return Planned.Refused("the estimate is no number");
        return item.Values.Double(field) == points ? Planned.Done : Planned.By(PatchOperation.SetField(field, points));
    }

    /// <summary>Azure DevOps has four priorities; the fifth of our scale, some day, is its fourth.</summary>
    private static int? Priority(string text) => Urgency.FromPriority(text) is { } priority ? Math.Min(priority, 4) : null;

    /// <summary>A word that is none of the default ones goes as it is: a process may have its own.</summary>
    private static string Severity(string text) =>
        Urgency.FromSeverity(text) is { } severity && !text.Contains(" - ", StringComparison.Ordinal)
            ? Severities[Math.Min(severity, Severities.Length) - 1]
            : text;

    private static string AreaOf(ItemState item, string text) =>
        text.Equals(item.Project.Name, StringComparison.OrdinalIgnoreCase) || text.StartsWith($@"{item.Project.Name}\", StringComparison.OrdinalIgnoreCase)
            ? text
            : $@"{item.Project.Name}\{text}";
}
