using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Work in progress whose age comes near or over what 85 % of its kind needed.</summary>
public sealed record AgingWork
{
    /// <summary>The service level expectation by type: within how many days 85 % were done.</summary>
    public IReadOnlyList<ServiceLevel> Levels { get; init; } = [];

    /// <summary>Items in progress at half of the expectation or more, the farthest first; at most 50.</summary>
    public IReadOnlyList<AgingItem> Items { get; init; } = [];

    /// <summary>Items in progress.</summary>
    public int InProgress { get; init; }

    /// <summary>Items in progress that are over their expectation, shown or not.</summary>
    public int Over { get; init; }

    public string? WhyNot { get; init; }

    /// <summary>How ages are counted where the source does not tell it all: from assignment or creation where no start is known.</summary>
    public string? Note { get; init; }
}

/// <param name="Type">Null for all types together.</param>
/// <param name="Items">Closed items that it rests on.</param>
/// <param name="FromStart">True when counted from the start of work, false from creation.</param>
public sealed record ServiceLevel(string? Type, double Days, int Items, bool FromStart);

/// <param name="SleDays">The expectation for its type.</param>
/// <param name="People">Who has it; empty for nobody.</param>
public sealed record AgingItem(ItemLine Item, double AgeDays, double SleDays, IReadOnlyList<string> People)
{
    public bool IsOver => AgeDays > SleDays;
}
