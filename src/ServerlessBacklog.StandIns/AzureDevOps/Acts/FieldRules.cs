using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps.Model;
using ServerlessBacklog.StandIns.AzureDevOps.Rest;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Acts;

/// <summary>Which values a field takes.</summary>
internal sealed class FieldRules(Organization organization, Project project)
{
    private const int LongestTitle = 255;
    private const int MostTags = 100;
    private const int LongestText = 1_000_000;
    private static readonly string[] Severities = ["1 - Critical", "2 - High", "3 - Medium", "4 - Low"];

    /// <summary>The value in its kept form; null clears the field.</summary>
    public object? Read(string name, JsonNode? value, string itemType)
    {
        var field = FieldDefinition.Find(name)
            ?? throw AdoRefusals.Of(400, $"TF51535: Cannot find field {name}.", "WorkItemTrackingFieldDefinitionNotFoundException");
        if (field.IsReadOnly)
            throw AdoRefusals.Rule(field.Name, "ReadOnly");
        if (value is null || (value is JsonValue v && v.TryGetValue<string>(out var s) && s.Trim().Length == 0))
            return field.ReferenceName is "System.Title" or "System.State" or "System.WorkItemType"
                ? throw AdoRefusals.Rule(field.Name, "Required, InvalidEmpty")
                : null;
        return field.Type switch
        {
            "integer" => Whole(field, value),
            "double" => Number(field, value),
            "dateTime" => DateTimeOffset.TryParse(value.ToString(), null, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
                ? time.ToUniversalTime()
                : throw AdoRefusals.Rule(field.Name, "InvalidDate"),
            "identity" => Person(field, value),
            _ => Text(field, value.ToString(), itemType),
        };
    }

    private string Text(FieldDefinition field, string text, string itemType)
    {
        if (text.Length > LongestText)
            throw AdoRefusals.Rule(field.Name, "InvalidTooLong");
        switch (field.ReferenceName)
        {
            case "System.Title":
                return text.Length > LongestTitle ? throw AdoRefusals.Rule("Title", "InvalidTooLong") : text.Trim();
            case "System.WorkItemType":
                return project.Type(text)?.Name ?? throw AdoRefusals.Of(404, $"VS402323: Work item type {text} does not exist in project {project.Name} or you do not have permission to access it.", "WorkItemTypeNotFoundException");
            case "System.State":
                return project.Type(itemType)!.States.Any(s => s.State == text) ? text : throw AdoRefusals.Rule("State", "HasValues, LimitedToValues, AllowsOldValue, InvalidNotOldValue");
            case "System.AreaPath":
                return project.Areas.TryGetValue(text.Trim('\\'), out var area) ? area : throw NoNode(field);
            case "System.IterationPath":
                return project.Iterations.TryGetValue(text.Trim('\\'), out var iteration) ? iteration : throw NoNode(field);
            case "Microsoft.VSTS.Common.Severity":
                return Severities.Contains(text) ? text : throw AdoRefusals.Rule("Severity", "HasValues, LimitedToValues, AllowsOldValue, InvalidNotOldValue");
            case "System.Tags":
                return Tags(text);
            default:
                return text;
        }
    }

    /// <summary>Tags are one text. They come back sorted, each once, whatever the case.</summary>
    private static string Tags(string text)
    {
        var tags = text.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        return tags.Count <= MostTags ? string.Join("; ", tags) : throw AdoRefusals.Bad($"TF401258: A work item cannot have more than {MostTags} tags.", "WorkItemTagLimitExceededException");
    }

    private static long Whole(FieldDefinition field, JsonNode value)
    {
        var number = Number(field, value);
        if (number != Math.Truncate(number))
            throw AdoRefusals.Rule(field.Name, "InvalidType");
        return field.Name == "Priority" && number is < 1 or > 4
            ? throw AdoRefusals.Rule(field.Name, "HasValues, LimitedToValues, AllowsOldValue, InvalidNotOldValue")
            : (long)number;
    }

    private static double Number(FieldDefinition field, JsonNode value) =>
        double.TryParse(value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : value.ToString(), out var number)
            ? number
            : throw AdoRefusals.Rule(field.Name, "InvalidType");

    private Identity Person(FieldDefinition field, JsonNode value)
    {
        var text = value is JsonObject shape ? shape["uniqueName"]?.ToString() ?? "" : value.ToString();
        return organization.Find(text)
            ?? throw AdoRefusals.Bad($"The identity value '{text}' for field '{field.Name}' is an unknown identity.", "WorkItemFieldInvalidException");
    }

    private static RefusedException NoNode(FieldDefinition field) =>
        AdoRefusals.Bad($"TF401347: Invalid tree name given for work item -1, field '{field.ReferenceName}'.", "WorkItemFieldInvalidTreeNameException");
}
