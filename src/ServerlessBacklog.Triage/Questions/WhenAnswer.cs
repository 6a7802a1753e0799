using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>When items will be done, from the forecast that the view holds; where there is none, why not. Pure.</summary>
internal static class WhenAnswer
{
    public static ChatAnswer Of(BacklogQuery query, IReadOnlyList<ReportItem> rows, BacklogView view)
    {
        if (rows is [{ Item.State: WorkItemState.Closed, ClosedAt: { } closed }])
            return new ChatAnswer(ChatKind.Answer, $"It was closed on {closed.UtcDateTime:yyyy-MM-dd}.");
        if (rows.Count == 0)
            return new ChatAnswer(ChatKind.Answer, "Nothing of that is open.");
        var delivery = view.Insights.Delivery;
        return query.Where switch
        {
            _ when delivery.WhyNot is { } why => Unknown(why),
            [] => Dated(delivery.AllOpen?.Dates, $"All {rows.Count:N0} open items, if nothing came in between", delivery.Basis),
            [{ Field: QueryField.Milestone, Op: QueryOp.Is, Value: var name }] => Milestone(delivery.Milestones.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)), delivery.Basis),
            [{ Field: QueryField.Item, Op: QueryOp.Is }] when rows[0].Rank is { } rank => Dated(delivery.When(rank)?.Dates, $"If items are done in the order of their priority, of which this is number {rank}", delivery.Basis),
            _ => Unknown("dates are forecast for a milestone, for one item that has a priority score, or for all that is open."),
        };
    }

    private static ChatAnswer Milestone(MilestoneForecast? forecast, string? basis) => forecast switch
    {
        null => Unknown("that milestone has no forecast."),
        { WhyNot: { } why } => Unknown(why),
        _ => Dated(forecast.Dates, $"{forecast.Name}, {QueryAnswer.Plural(forecast.Open)[..^1]} open{(forecast.Due is { } due ? $", due {due:yyyy-MM-dd}" : "")}", $"{forecast.Assumes} {basis}"),
    };

    private static ChatAnswer Dated(DoneDates? dates, string what, string? basis) => dates is null
        ? Unknown("this backlog has no forecast.")
        : new ChatAnswer(ChatKind.Answer, $"{what}: {Days(dates)} {basis}".Trim());

    private static string Days(DoneDates dates) => dates.P50 is null
        ? "in half of the cases or more not within the next two years."
        : $"by {Day(dates.P50)} in half of the cases, by {Day(dates.P85)} in 85 %, by {Day(dates.P95)} in 95 %.";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd") ?? "a day more than two years ahead";

    private static ChatAnswer Unknown(string why) => new(ChatKind.Unknown, $"I don't know: {why}");
}
