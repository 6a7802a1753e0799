using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>Whose turn it is on an open item. The stale clock runs only against the reporter (FEATURES §2, pain 6).</summary>
/// <param name="Why">The sign, in words: <c>label 'needs-info'</c>.</param>
/// <param name="IsExplicit">True for a label that somebody set, false for a question read out of a comment.</param>
public sealed partial record Waiting(WaitingOn On, string Why, bool IsExplicit = false)
{
    /// <param name="reporterLabels">Labels that say that the reporter is asked for something.</param>
    /// <param name="isTeam">Whether a person belongs to the team; only a question by the team makes an item wait on its reporter.</param>
    public static Waiting Of(WorkItem item, IEnumerable<string> reporterLabels, Func<Person, bool> isTeam)
    {
        var last = item.History.Comments.Where(c => !c.Author.IsBot).MaxBy(c => c.At);
        if (item.Labels.FirstOrDefault(l => reporterLabels.Contains(l.Name, StringComparer.OrdinalIgnoreCase)) is { Name: { } label })
        {
            return last is not null && last.Author.Equals(item.Reporter) && LabelledAt(item, label) < last.At
                ? new Waiting(WaitingOn.Team, $"the reporter answered after label '{label}'")
                : new Waiting(WaitingOn.Reporter, $"label '{label}'", IsExplicit: true);
        }

        if (last is null || item.Reporter is not { } reporter)
            return new Waiting(WaitingOn.Team, "nobody asked the reporter anything");
        if (last.Author.Equals(reporter))
            return new Waiting(WaitingOn.Team, "the reporter spoke last");
        return isTeam(last.Author) && Asks(last.Body)
            ? new Waiting(WaitingOn.Reporter, $"{last.Author} asked the reporter on {last.At:yyyy-MM-dd}")
            : new Waiting(WaitingOn.Team, "the last comment asks the reporter nothing");
    }

    /// <summary>When a label was last put on, by anyone; null when the history does not say.</summary>
    public static DateTimeOffset? LabelledAt(WorkItem item, string label) => item.History.Events
        .Where(e => e.Kind.Equals("labeled", StringComparison.OrdinalIgnoreCase) && string.Equals(e.Value, label, StringComparison.OrdinalIgnoreCase))
        .Select(e => (DateTimeOffset?)e.At)
        .Max();

    /// <summary>True when a comment, its quotes and code left out, asks for an answer other than "any news?".</summary>
    private static bool Asks(string body)
    {
        var own = QuoteOrCode().Replace(body, " ");
        return Question().IsMatch(own) && !Nudge().IsMatch(own);
    }

    [GeneratedRegex(@"```[\s\S]*?(?:```|\z)|`[^`\n]*`|^[ \t]*>.*$|https?://\S+", RegexOptions.Multiline)]
    private static partial Regex QuoteOrCode();

    [GeneratedRegex(@"\?(?:\s|$)|\b(?:can|could|would) you\b|\bplease (?:provide|attach|try|share|confirm|add|check|describe|send|test|post|upload|retest)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Question();

    [GeneratedRegex(@"\bany (?:update|news|progress|eta|plans?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Nudge();
}

public enum WaitingOn
{
    Team,
    Reporter,
}
