using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>Everything about one item that may weigh in its priority. No bodies: the same facts are known of linked items.</summary>
public sealed record WeighedItem(WorkItem Item, TextSignals Signals, DateTimeOffset Now)
{
    private static readonly string[] PriorityPrefixes = ["priority", "prio", "p0", "p1", "p2", "p3", "p4", "p5"];

    public Demand Demand { get; init; } = Demand.Unknown;

    /// <summary>Most that demand may add to an input, 0…10.</summary>
    public double DemandCap { get; init; } = 3;

    public IReadOnlyList<AlignedGoal> Goals { get; init; } = [];

    /// <summary>True when the team has goals at all, so that "unaligned" is a fact and not an omission.</summary>
    public bool HasGoals { get; init; }

    /// <summary>What a reader of the text made of it; empty when nobody was asked.</summary>
    public IReadOnlyList<AdvisedInput> Advised { get; init; } = [];

    /// <summary>Open items that wait for this one directly.</summary>
    public int Blocks { get; init; }

    /// <summary>The stated priority in the tracker's word: the field, else a label such as <c>priority: high</c> or <c>P1</c>.</summary>
    public string? PriorityWord { get; } = PriorityOf(Item);

    /// <summary>1 (drop everything) … 5 (some day); null when not stated.</summary>
    public int? Priority => Urgency.FromPriority(PriorityWord);

    /// <summary>1 … 5; null when not stated.</summary>
    public int? Severity => Urgency.FromSeverity(Item.Severity);

    public bool IsGrave => (Signals & (TextSignals.Security | TextSignals.DataLoss)) != 0;

    /// <summary>Days since creation, never negative; null when the source has no date.</summary>
    public double? AgeDays => Item.CreatedAt is { } at ? Math.Max(0, (Now - at).TotalDays) : null;

    /// <summary>Days until the due date, negative when overdue; null without one.</summary>
    public double? DaysLeft => Item.DueAt is { } at ? (at - Now).TotalDays : null;

    /// <summary>
    /// Share of what a priority rests on that was really there: urgency (priority or severity), size, demand, creation date, and goals
    /// where the team has some.
    /// </summary>
    public double KnownShare
    {
        get
        {
            bool[] known = [Priority is not null || Severity is not null, Item.StoryPoints is > 0, Demand.IsKnown, Item.CreatedAt is not null, HasGoals];
            return known.Count(k => k) / (double)known.Length;
        }
    }

    private static string? PriorityOf(WorkItem item)
    {
        if (!string.IsNullOrWhiteSpace(item.Priority))
            return item.Priority;
        foreach (var label in item.Labels)
        {
            if (PriorityPrefixes.Any(p => label.Name.StartsWith(p, StringComparison.OrdinalIgnoreCase)) && Urgency.FromPriority(label.Name) is not null)
                return label.Name;
        }

        return null;
    }
}

/// <summary>A goal that the item serves.</summary>
/// <param name="Match">What says so: <c>label 'a11y'</c>.</param>
public sealed record AlignedGoal(string Name, double Weight, string Match);
