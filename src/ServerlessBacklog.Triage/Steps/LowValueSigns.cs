using System.Text.RegularExpressions;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Explicit signs that an item is worth little now (FEATURES D8). Silence alone never suffices: the item must be very old, and
/// somebody or its own text must call it minor, or it must be a report that nobody ever confirmed of something that is not ours or that cannot be seen again
/// (docs/rubrics/low-value.md). What the source does not tell is no sign, and what a person touched lately is never worth little.
/// </summary>
internal static partial class LowValueSigns
{
    /// <summary>Days after an act of a person in which an item is not proposed; own choice.</summary>
    public const int RecentDays = 180;

    /// <summary>Signs that an archive proposal needs, age included.</summary>
    public const int Enough = 3;

    private const int LongSilenceDays = 365;

    private const TextSignals Grave = TextSignals.Security | TextSignals.DataLoss | TextSignals.Crash;

    /// <summary>The signs at <paramref name="at"/>; empty when there are too few for a proposal.</summary>
    public static IReadOnlyList<string> Of(WorkItem item, TextSignals signals, int duplicates, Silence silence, StalenessSettings settings, DateTimeOffset at)
    {
        if (item.CreatedAt is not { } created || created.AddDays(settings.ArchiveAfterDays) > at || (signals & Grave) != 0 || IsRecent(silence, at))
            return [];
        var signs = new List<string> { $"very old: created {created:yyyy-MM-dd}" };
        var lowest = StaleExemption.UrgencyOf(item) == Urgency.Lowest;
        var cosmetic = signals.HasFlag(TextSignals.Cosmetic);
        if (lowest)
            signs.Add($"lowest urgency: '{item.Priority ?? item.Severity}'");
        if (cosmetic)
            signs.Add("cosmetic by its own words");
        var doubtful = duplicates == 0 && IsUnconfirmed(item) ? Doubt(item, signals) : null;
        if (doubtful is not null)
            signs.AddRange([$"nobody confirmed it: '{item.TrackerState}'", doubtful]);
        if (!lowest && !cosmetic && doubtful is null)
            return [];
        if (duplicates == 0 && HasNoDemand(item))
            signs.Add("no demand: no reaction, no comment by others, no duplicate");
        if (silence.Basis is SilenceBasis.HumanActivity or SilenceBasis.LastChange && silence.Since!.Value.AddDays(LongSilenceDays) <= at)
            signs.Add($"silent since {silence.Since:yyyy-MM-dd}");
        if (string.IsNullOrWhiteSpace(item.Body))
            signs.Add("no description");
        return signs.Count >= Enough ? signs : [];
    }

    private static bool HasNoDemand(WorkItem item) =>
        item.History.Reactions.Total == 0
        && (item.History.IsKnown
            ? item.History.Commenters().All(p => p.Equals(item.Reporter))
            : item.History.CommentCount == 0);

    private static bool IsRecent(Silence silence, DateTimeOffset at) =>
        silence is { Basis: SilenceBasis.HumanActivity, Since: { } since } && since.AddDays(RecentDays) > at;

    private static bool IsUnconfirmed(WorkItem item) => item.TrackerState is { } state && Unconfirmed().IsMatch(state);

    /// <summary>Why an unconfirmed report leads nowhere any more; null when it may.</summary>
    private static string? Doubt(WorkItem item, TextSignals signals) =>
        ForeignSite.Of(item.Title, item.Body, signals, OwnNames(item)) is { } site ? $"about one foreign site, {site}"
        : NotAgain().IsMatch(item.Body) ? "its reporter cannot show it again"
        : null;

    private static IReadOnlyCollection<string> OwnNames(WorkItem item) =>
        [.. item.Ref.Project.Split('/', '\\', '.', '-', '_', ' ').Append(item.Url?.Host ?? "").Where(n => n.Length >= 4)];

    [GeneratedRegex(@"^(?:un-?confirmed|un-?triaged|(?:needs|awaiting|pending)[ _-]triage)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unconfirmed();

    [GeneratedRegex(@"\b(?:never happened (?:before|again)|happened only once|only happened once|can(?:no|')t reproduce (?:it|this) (?:again|any ?more)|has not happened (?:again|since))\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotAgain();
}
