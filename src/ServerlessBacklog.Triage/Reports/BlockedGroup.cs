using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Items that are tied together by waiting.</summary>
/// <param name="Items">Every item of the group, each once.</param>
/// <param name="Edges">Who waits for whom.</param>
/// <param name="Cycles">Rings of items that wait for each other, in words.</param>
/// <param name="LongestChain">Items on the longest chain; null when a ring makes it endless.</param>
public sealed record BlockedGroup(
    IReadOnlyList<ItemLine> Items, IReadOnlyList<WaitEdge> Edges, IReadOnlyList<string> Cycles, int? LongestChain);

/// <summary><paramref name="Waiting"/> cannot move until <paramref name="Blocker"/> is done.</summary>
/// <param name="IsSuspected">True when only the text suggests it; the tracker holds no link.</param>
/// <param name="Quote">The words that suggest it.</param>
public sealed record WaitEdge(WorkItemRef Blocker, WorkItemRef Waiting, bool IsSuspected = false, string? Quote = null);
