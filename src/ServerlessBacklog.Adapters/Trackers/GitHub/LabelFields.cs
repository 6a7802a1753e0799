using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Adapters.Trackers.GitHub;

/// <summary>
/// Fields that GitHub issues do not have and that projects keep as labels. A label counts as one only when it says so itself:
/// <c>priority: high</c>, <c>P1</c>, <c>severity/2</c>, <c>area-System.Net</c>, <c>status: in review</c>.
/// </summary>
internal static class LabelFields
{
    private static readonly string[] PriorityWords = ["priority", "prio"];
    private static readonly string[] SeverityWords = ["severity", "sev"];
    private static readonly string[] AreaWords = ["area", "component"];

    /// <summary>The one label that is a priority; null when there is none, or several that contradict each other.</summary>
    public static string? Priority(IReadOnlyList<Label> labels) => One(labels, IsPriority);

    public static string? Severity(IReadOnlyList<Label> labels) => One(labels, IsSeverity);

    public static IReadOnlyList<string> Areas(IReadOnlyList<Label> labels) =>
        [.. labels.Select(l => l.Name).Where(name => Begins(name, AreaWords))];

    /// <summary>The one label that is a status; null when there is none, or several.</summary>
    public static string? Status(IReadOnlyList<Label> labels) => One(labels, StatusLabel.Is);

    /// <summary>An open issue whose status says that somebody works on it is started.</summary>
    public static WorkItemState StateOf(IReadOnlyList<Label> labels, bool isOpen) =>
        !isOpen ? WorkItemState.Closed : IsStarted(Status(labels)) ? WorkItemState.Started : WorkItemState.Open;

    /// <summary>When a label began to say that somebody works on it; null where nothing tells.</summary>
    public static DateTimeOffset? StartedAt(IEnumerable<HistoryEvent> events) =>
        events.Where(e => e.Kind == "labeled" && IsStarted(e.Value)).Select(e => (DateTimeOffset?)e.At).Min();

    private static bool IsStarted(string? label) => label is not null && StatusLabel.Is(label) && StateWords.Read(StatusLabel.ValueOf(label)) == WorkItemState.Started;

    private static bool IsPriority(string name) =>
        (Begins(name, PriorityWords) || IsLetterAndDigit(name, 'p')) && Urgency.FromPriority(name) is not null;

    private static bool IsSeverity(string name) =>
        (Begins(name, SeverityWords) || IsLetterAndDigit(name, 's')) && Urgency.FromSeverity(name) is not null;

    private static string? One(IReadOnlyList<Label> labels, Func<string, bool> counts) =>
        labels.Select(l => l.Name).Where(counts).Take(2).ToArray() is [var only] ? only : null;

    private static bool Begins(string name, string[] words) => words.Any(word =>
        name.Length > word.Length + 1 && name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && name[word.Length] is (':' or '/' or '-' or ' '));

    private static bool IsLetterAndDigit(string name, char letter) =>
        name.Length == 2 && char.ToLowerInvariant(name[0]) == letter && char.IsAsciiDigit(name[1]);
}
