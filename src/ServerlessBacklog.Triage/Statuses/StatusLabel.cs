namespace ServerlessBacklog.Triage.Statuses;

/// <summary>A label that is a status, for trackers whose items have no field for it. It says so itself: <c>status: in review</c>, <c>Status/Blocked</c>.</summary>
public static class StatusLabel
{
    private const string Word = "status";

    public static bool Is(string label) =>
        label.Length > Word.Length + 1 && label.StartsWith(Word, StringComparison.OrdinalIgnoreCase) && label[Word.Length] is ':' or '/' or '-' && ValueOf(label).Length > 0;

    /// <summary>What stands after the word: <c>in review</c>.</summary>
    public static string ValueOf(string label) => label[(Word.Length + 1)..].Trim();
}
