using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>What is known of an item when somebody is sought for it.</summary>
/// <param name="Terms">Its words, numbered as in the backlog's index; the counts alone are used, never the index's statistics.</param>
public sealed record AssignmentCase(Person? Reporter, IReadOnlyList<TermCount> Terms)
{
    /// <summary>Components and area paths.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Who owns what the item is about by a map that people keep (CODEOWNERS, a team map): a prior, which the history may outweigh.</summary>
    public IReadOnlyList<Person> AreaOwners { get; init; } = [];
}

/// <summary>What assignment learns from: an item and who got it.</summary>
public sealed record AssignedItem(AssignmentCase Item, Person Assignee);
