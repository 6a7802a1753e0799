using System.Globalization;
using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Triage.Planning;

/// <summary>
/// How long a planning meeting takes, as a model: minutes of its kind for each item that is discussed, and a short minute to read out one that is not. Before: every
/// item is discussed. After: only those that something is open on. The minutes are our own choice until real meetings are entered (docs/value.md).
/// </summary>
public sealed record TimeModel
{
    public const string Formula =
        "before = sum over all items of the minutes of their kind; after = the same over the items that need discussion, plus the read-out minutes for each other item";

    /// <summary>Minutes of discussion by the kind of item.</summary>
    public IReadOnlyDictionary<ItemKind, double> Minutes { get; init; } = new Dictionary<ItemKind, double>
    {
        [ItemKind.Bug] = 5,
        [ItemKind.Feature] = 8,
        [ItemKind.Task] = 4,
        [ItemKind.Question] = 3,
        [ItemKind.Unknown] = 5,
    };

    /// <summary>Minutes to read out an item on which nothing is open.</summary>
    public double ReadOut { get; init; } = 0.5;

    public double Before(IReadOnlyCollection<PlannedItem> items) => items.Sum(i => Minutes[i.Kind]);

    public double After(IReadOnlyCollection<PlannedItem> items) => items.Sum(i => i.NeedsDiscussion ? Minutes[i.Kind] : ReadOut);

    /// <summary>All inputs in one line: minutes by kind with how many items there are of it, and how many of these need discussion.</summary>
    public string Inputs(IReadOnlyCollection<PlannedItem> items) => string.Join("; ", Enum.GetValues<ItemKind>().OrderBy(k => k == ItemKind.Unknown).Select(kind => string.Create(
        CultureInfo.InvariantCulture,
        $"{(kind == ItemKind.Unknown ? "other" : kind.ToString().ToLowerInvariant())} {Minutes[kind]} min × {items.Count(i => i.Kind == kind)} ({items.Count(i => i.Kind == kind && i.NeedsDiscussion)} to discuss)")))
        + string.Create(CultureInfo.InvariantCulture, $"; read out {ReadOut} min × {items.Count(i => !i.NeedsDiscussion)}");
}
