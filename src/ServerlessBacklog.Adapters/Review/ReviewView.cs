using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Adapters.Review;

/// <summary>One page of what waits for a person in a backlog.</summary>
public sealed record ReviewView
{
    /// <summary>Asks on one page.</summary>
    public const int PageSize = 50;

    public required Site Site { get; init; }

    public required string Backlog { get; init; }

    /// <summary>Steps that ask, each with how often; unfiltered.</summary>
    public IReadOnlyList<(string Name, int Count)> Steps { get; init; } = [];

    /// <summary>The step that is chosen; null for all.</summary>
    public string? Step { get; init; }

    /// <summary>Asks in the whole queue, and among them those of the chosen step.</summary>
    public int All { get; init; }

    public int Waiting { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int Pages => Math.Max(1, (Waiting + PageSize - 1) / PageSize);

    public IReadOnlyList<ReviewAsk> Asks { get; init; } = [];

    /// <summary>Closes that were approved and announced, next first; at most <see cref="PageSize"/>.</summary>
    public IReadOnlyList<ReviewWait> Waits { get; init; } = [];

    /// <summary>How many of them there are.</summary>
    public int AllWaits { get; init; }

    public string PathOf(string? step, int page) =>
        SitePaths.With(Site.Paths.Review(Backlog), ("step", step), ("page", page == 1 ? null : $"{page}"));
}

/// <param name="ItemPage">Path of our page about the item; null when the backlog does not hold it.</param>
/// <param name="Whys">What the steps found that ask, by step.</param>
/// <param name="Others">Items that the changes point to.</param>
public sealed record ReviewAsk(
    ItemLine Item, string? ItemPage, string Decision, DateTimeOffset Since, DateTimeOffset? Until, IReadOnlyList<DecidedChange> Changes,
    IReadOnlyDictionary<string, string> Whys, IReadOnlyDictionary<WorkItemRef, ItemLine> Others)
{
    /// <summary>Names the ask in a form: the decision on the item.</summary>
    public string Pick => $"{Item.Ref} {Decision}";

    /// <summary>Names places on the page; the same for the same decision.</summary>
    public string Id => $"ask-{Decision}";
}

public sealed record ReviewWait(Wait Wait, ItemLine Item, string? ItemPage);

/// <summary>What the program says after an answer.</summary>
public sealed record ReviewSaid(IReadOnlyList<SaidLine> Lines);

/// <param name="Details">What became of each change.</param>
public sealed record SaidLine(string Text, bool IsRefused, IReadOnlyList<string> Details);

/// <summary>A list of asks that a person is about to approve together.</summary>
/// <param name="Seal">Proves that this list was shown.</param>
/// <param name="Gone">How many of those that were ticked no longer wait.</param>
public sealed record ReviewBatch(Site Site, string Backlog, string Back, ReviewPlace Place, string Seal, IReadOnlyList<ReviewAsk> Asks, int Gone);
