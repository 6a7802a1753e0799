using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Explicit signs that an item is worth little now (FEATURES D8). Silence alone never suffices: the item must be very old, and
/// somebody or its own text must call it minor. What the source does not tell is no sign.
/// </summary>
internal static class LowValueSigns
{
    /// <summary>Signs that an archive proposal needs, age included.</summary>
    public const int Enough = 3;

    private const int LongSilenceDays = 365;

    private const TextSignals Grave = TextSignals.Security | TextSignals.DataLoss | TextSignals.Crash;

    /// <summary>The signs at <paramref name="at"/>; empty when there are too few for a proposal.</summary>
    public static IReadOnlyList<string> Of(WorkItem item, TextSignals signals, int duplicates, Silence silence, StalenessSettings settings, DateTimeOffset at)
    {
        if (item.CreatedAt is not { } created || created.AddDays(settings.ArchiveAfterDays) > at || (signals & Grave) != 0)
            return [];
        var signs = new List<string> { $"very old: created {created:yyyy-MM-dd}" };
        var lowest = StaleExemption.UrgencyOf(item) == Urgency.Lowest;
        var cosmetic = signals.HasFlag(TextSignals.Cosmetic);
        if (lowest)
            signs.Add($"lowest urgency: '{item.Priority ?? item.Severity}'");
        if (cosmetic)
            signs.Add("cosmetic by its own words");
        if (!lowest && !cosmetic)
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
}
