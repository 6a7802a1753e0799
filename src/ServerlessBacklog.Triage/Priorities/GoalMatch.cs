using System.Text.RegularExpressions;
using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Priorities;

/// <summary>Says which goals an item serves: a label or area equals one of the goal's, or its title or a label holds one of the goal's words.</summary>
public sealed class GoalMatch
{
    private readonly List<(Goal Goal, Regex? Words)> goals;

    public GoalMatch(IReadOnlyList<Goal> goals) => this.goals = [.. goals.Select(g => (g, Pattern(g.Words)))];

    public bool HasGoals => goals.Count > 0;

    /// <summary>The goals that the item serves, in the order of the settings.</summary>
    public IReadOnlyList<AlignedGoal> Of(WorkItem item) =>
    [
        .. from pair in goals
           let match = Match(pair.Goal, pair.Words, item)
           where match is not null
           select new AlignedGoal(pair.Goal.Name, pair.Goal.Weight, match),
    ];

    private static string? Match(Goal goal, Regex? words, WorkItem item)
    {
        foreach (var label in item.Labels.Where(l => goal.Labels.Contains(l.Name, StringComparer.OrdinalIgnoreCase)))
            return $"label '{label}'";
        foreach (var area in item.Areas.Where(a => goal.Labels.Contains(a, StringComparer.OrdinalIgnoreCase)))
            return $"area '{area}'";
        if (words is null)
            return null;
        if (words.Match(item.Title) is { Success: true } inTitle)
            return $"'{inTitle.Value}' in the title";
        return item.Labels.Where(l => words.IsMatch(l.Name)).Select(l => $"label '{l}'").FirstOrDefault();
    }

    /// <summary>Whole words without case; null when the goal has none.</summary>
    private static Regex? Pattern(IReadOnlyList<string> words)
    {
        var said = words.Where(w => !string.IsNullOrWhiteSpace(w)).Select(w => Regex.Escape(w.Trim())).ToList();
        return said.Count == 0
            ? null
            : new Regex($@"(?<!\w)(?:{string.Join('|', said)})(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
