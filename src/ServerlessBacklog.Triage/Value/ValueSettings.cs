using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Value;

/// <summary>What one act saves, what a look costs, what money there is (docs/value.md). All numbers are inputs that a report prints.</summary>
public sealed record ValueSettings
{
    /// <summary>Days after which an act that nobody approved counts, if it still stands (FEATURES O12).</summary>
    public const int StandsAfterDays = 14;

    /// <summary>
    /// Minutes that a person takes for the act by hand, reading included, by its name. Our own choice, since no source measures single acts: replace them
    /// by what your team takes.
    /// </summary>
    public static IReadOnlyDictionary<string, double> DefaultMinutes { get; } = new Dictionary<string, double>
    {
        ["label"] = 0.5,
        ["field"] = 1,
        ["assign"] = 2,
        ["comment"] = 4,
        ["link"] = 2,
        ["duplicate"] = 6,
        ["archive"] = 4,
        ["close"] = 2,
        ["description"] = 12,
        ["child"] = 5,
        ["gather"] = 5,
    };

    /// <summary>Minutes by the name of the act; what is missing counts nothing.</summary>
    public IReadOnlyDictionary<string, double> Minutes { get; init; } = DefaultMinutes;

    /// <summary>Minutes that a person takes to answer one ask, whatever the answer; default 1 (own choice).</summary>
    public double ReviewMinutes { get; init; } = 1;

    /// <summary>What Azure costs a month, in the currency of the prices; null where nobody said.</summary>
    public decimal? AzureMonthlyCost { get; init; }

    /// <summary>What an hour of a person costs, in the same currency; null leaves hours and money apart.</summary>
    public decimal? HourlyRate { get; init; }

    /// <summary>The name of the act; null for one that only takes something back.</summary>
    public static string? ActOf(Change change) => change switch
    {
        AddLabel => "label",
        SetField => "field",
        Assign => "assign",
        AddComment => "comment",
        AddLink { Kind: LinkKind.DuplicateOf } => "duplicate",
        AddLink => "link",
        Close { Reason: CloseReason.NotPlanned } => "archive",
        Close => "close",
        SetBlock => "description",
        AddChild => "child",
        Consolidate => "gather",
        _ => null,
    };
}
