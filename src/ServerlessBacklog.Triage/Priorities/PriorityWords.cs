using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Priorities;

/// <summary>
/// How a backlog spells its priorities: the most frequent spelling for each level of <see cref="Urgency"/>. A backlog that states fewer than
/// <see cref="Enough"/> priorities is offered P1…P4.
/// </summary>
public sealed class PriorityWords
{
    /// <summary>Stated priorities that make a vocabulary.</summary>
    public const int Enough = 5;

    private readonly SortedDictionary<int, string> words = [];

    private PriorityWords(BacklogSnapshot backlog)
    {
        var stated = backlog.Items.Values
            .Select(o => (Word: o.Item.Priority?.Trim(), Level: Urgency.FromPriority(o.Item.Priority)))
            .Where(p => p is { Word: not null, Level: not null })
            .ToList();
        IsOwn = stated.Count >= Enough;
        if (!IsOwn)
        {
            for (var level = 1; level <= 4; level++)
                words[level] = $"P{level}";
            return;
        }

        foreach (var level in stated.GroupBy(p => p.Level!.Value, p => p.Word!))
            words[level.Key] = level.GroupBy(w => w, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First().Key;
    }

    /// <summary>True when the words are the backlog's own.</summary>
    public bool IsOwn { get; }

    public static PriorityWords Of(BacklogSnapshot backlog) => backlog.Model(b => new PriorityWords(b));

    /// <summary>The word for a level 1…5; the nearest level's where it has none, the less urgent of two.</summary>
    public string For(int level) => words.OrderBy(w => Math.Abs(w.Key - level)).ThenByDescending(w => w.Key).First().Value;
}
