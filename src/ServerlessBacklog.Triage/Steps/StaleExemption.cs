using System.Text;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>Why an item is never called stale and never proposed for the archive (FEATURES §4.3).</summary>
internal static class StaleExemption
{
    public static IReadOnlyList<string> Of(WorkItem item, TextSignals signals, StalenessSettings settings)
    {
        var reasons = new List<string>();
        if (item.History.Reactions.ThumbsUp >= settings.ExemptThumbsUp)
            reasons.Add($"{item.History.Reactions.ThumbsUp} thumbs-up");
        if (item.Assignees.Count > 0)
            reasons.Add($"assigned to {string.Join(", ", item.Assignees)}");
        if (item.Milestone is { Length: > 0 } milestone)
            reasons.Add($"planned for '{milestone}'");
        reasons.AddRange(item.Labels.Where(l => settings.ExemptLabels.Any(words => HasWords(l.Name, words))).Select(l => $"label '{l}'"));
        if (signals.HasFlag(TextSignals.Security))
            reasons.Add("the text speaks of a security problem");
        if (UrgencyOf(item) == Urgency.Highest)
            reasons.Add($"top urgency '{item.Priority ?? item.Severity}'");
        if (item.State == WorkItemState.Started || item.StartedAt is not null)
            reasons.Add("work on it has started");
        return reasons;
    }

    /// <summary>The stronger of priority and severity, 1 … 5; null when neither is known.</summary>
    public static int? UrgencyOf(WorkItem item)
    {
        var (priority, severity) = (Urgency.FromPriority(item.Priority), Urgency.FromSeverity(item.Severity));
        return priority is null || severity < priority ? severity : priority;
    }

    private static bool HasWords(string label, string words) =>
        words.Length > 0 && Spaced(label).Contains(Spaced(words), StringComparison.Ordinal);

    /// <summary><c>Area/Keep-Open</c> becomes <c>" area keep open "</c>.</summary>
    private static string Spaced(string text)
    {
        var words = new StringBuilder(" ");
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                words.Append(char.ToLowerInvariant(c));
            else if (words[^1] != ' ')
                words.Append(' ');
        }

        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }
}
