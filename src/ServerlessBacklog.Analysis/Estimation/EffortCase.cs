using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>What is known of an item when its size is sought.</summary>
/// <param name="Terms">Its words, numbered as in the backlog's index; the counts alone are used, never the index's statistics.</param>
public sealed record EffortCase(WorkItemRef Ref, IReadOnlyList<TermCount> Terms)
{
    public string? Type { get; init; }

    public IReadOnlyList<string> Areas { get; init; } = [];

    public Person? Reporter { get; init; }

    /// <summary>True where the text holds code, a stack trace or a log.</summary>
    public bool HasTrace { get; init; }
}

/// <summary>An item whose size is known.</summary>
public sealed record SizedItem(EffortCase Item, double Points)
{
    public WorkItemRef Ref => Item.Ref;
}
