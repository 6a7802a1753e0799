namespace ServerlessBacklog.Triage.Insights;

/// <summary>Dates that will not hold, and trends that undo any plan.</summary>
internal static class PlanRisks
{
    private const int NamedItems = 10;

    public static RiskLook Milestones(BacklogInsights insights, Past past)
    {
        RiskCause[] causes = [RiskCause.LateMilestone];
        if (insights.Delivery.WhyNot is { } why)
            return new RiskLook(causes, [], $"Late milestones: {why}");
        return new RiskLook(causes, [.. insights.Delivery.Milestones.Where(m => m.IsLate).Select(m => Late(m, past))]);
    }

    public static RiskLook Trends(BacklogInsights insights, Past past)
    {
        RiskCause[] causes = [RiskCause.RisingReopens, RiskCause.GrowingBacklog];
        if (insights.Trends.Weeks.Count < Adjustments.Recent * 2)
            return new RiskLook(causes, [], $"Trends: {insights.Trends.WhyNot ?? insights.Trends.NoChange}");
        return new RiskLook(causes, [.. insights.Trends.Adjustments.Select(a => Trend(a, past)).OfType<RiskRow>()]);
    }

    private static RiskRow Late(MilestoneForecast milestone, Past past)
    {
        var (dates, due) = (milestone.Dates!, milestone.Due!.Value);
        var items = past.Open.Where(i => string.Equals(i.Milestone, milestone.Name, StringComparison.OrdinalIgnoreCase)).OrderBy(i => i.CreatedAt).ToList();
        return new RiskRow
        {
            Id = $"late-{milestone.Name.ToLowerInvariant()}",
            Cause = RiskCause.LateMilestone,
            Sentence = $"{milestone.Name} is due on {due:yyyy-MM-dd}; its {milestone.Open:N0} open items are done by {Day(dates.P50)} in half of the cases and by {Day(dates.P85)} in 85 %.",
            Items = [.. items.Take(NamedItems).Select(Reports.ItemLine.From)],
            ItemCount = items.Count,
            Probability = dates.P50 is { } even && even <= due ? RiskBand.Medium : RiskBand.High,
            Impact = RiskBand.Medium,
            Effect = "The date does not hold.",
            Act = "Take items out of it, move the date, or help: a forecast is no promise.",
            Owner = items.SelectMany(i => i.Assignees).Where(a => !a.IsBot).CountBy(a => a.Login, StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(a => a.Value).ThenBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Key).FirstOrDefault(),
            OpenedAt = past.AsOf,
        };
    }

    private static RiskRow? Trend(Adjustment adjustment, Past past) => adjustment.Kind switch
    {
        "reopens" => Row("reopens", RiskCause.RisingReopens, "Work that counts as done comes back, so every date slips."),
        "growth" => Row("growth", RiskCause.GrowingBacklog, "The backlog is never done at this pace, and what is urgent drowns."),
        _ => null,
    } is { } row ? row with { Sentence = adjustment.Sentence, Act = adjustment.Act, OpenedAt = past.AsOf } : null;

    private static RiskRow Row(string id, RiskCause cause, string effect) => new()
    {
        Id = id,
        Cause = cause,
        Sentence = "",
        Probability = RiskBand.High,
        Impact = RiskBand.High,
        Effect = effect,
        Act = "",
        OpenedAt = default,
    };

    private static string Day(DateOnly? date) => date is { } day ? $"{day:yyyy-MM-dd}" : "over two years from now";
}
