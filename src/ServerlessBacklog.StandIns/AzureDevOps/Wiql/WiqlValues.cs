using System.Globalization;
using ServerlessBacklog.StandIns.AzureDevOps.Model;

namespace ServerlessBacklog.StandIns.AzureDevOps.Wiql;

/// <summary>Values as queries compare them: texts whatever their case, people by any of their names.</summary>
internal static class WiqlValues
{
    public static IComparer<object?> Comparer { get; } = Comparer<object?>.Create((one, other) => one is null ? (other is null ? 0 : -1) : other is null ? 1 : Compare(one, other));

    public static object? Of(WorkItem item, FieldDefinition field) => field.ReferenceName switch
    {
        "System.Id" => (double)item.Id,
        "System.Rev" => (double)item.Rev,
        _ => item.Fields.GetValueOrDefault(field.ReferenceName) switch { long number => (double)number, var other => other },
    };

    public static object? Read(FieldDefinition field, string text) => field.Type switch
    {
        _ when text.Length == 0 => null,
        "integer" or "double" => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number
            : throw new WiqlException($"The value «{text}» is not a number. The error is caused by «[{field.ReferenceName}]»."),
        "dateTime" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime()
            : throw new WiqlException($"The value «{text}» is not a date. The error is caused by «[{field.ReferenceName}]»."),
        _ => text,
    };

    public static bool Holds(string sign, object? value, object? wanted) => sign switch
    {
        "=" => AreEqual(value, wanted),
        "<>" => !AreEqual(value, wanted),
        _ when value is null || wanted is null => false,
        "<" => Compare(value, wanted) < 0,
        "<=" => Compare(value, wanted) <= 0,
        ">" => Compare(value, wanted) > 0,
        _ => Compare(value, wanted) >= 0,
    };

    public static bool AreEqual(object? value, object? wanted) => (value, wanted) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (Identity identity, string name) => identity.Fits(name),
        _ => Compare(value, wanted) == 0,
    };

    /// <summary>Of tags, one whole tag; of other texts, a part.</summary>
    public static bool Contains(WorkItem item, FieldDefinition field, string part)
    {
        var text = item.Fields.GetValueOrDefault(field.ReferenceName) as string ?? "";
        return field.ReferenceName == "System.Tags"
            ? text.Split("; ").Contains(part, StringComparer.OrdinalIgnoreCase)
            : text.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsUnder(object? value, string path) =>
        value is string text && (text.Equals(path, StringComparison.OrdinalIgnoreCase) || text.StartsWith(path + "\\", StringComparison.OrdinalIgnoreCase));

    private static int Compare(object one, object other) => (one, other) switch
    {
        (double a, double b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => string.Compare(one.ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase),
    };
}
