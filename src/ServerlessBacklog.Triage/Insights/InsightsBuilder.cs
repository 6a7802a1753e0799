using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Works out what a backlog looks like over time and ahead. Pure: no clock, no I/O.</summary>
public static class InsightsBuilder
{
    /// <param name="report">The report over the same input.</param>
    /// <param name="previous">What was last kept of this backlog; months of health, the risk register and moves go on from it. Null for the first time.</param>
    public static BacklogInsights Build(ReportInput input, BacklogReport report, BacklogInsights? previous = null)
    {
        var past = new Past(input);
        var earlier = previous?.AsOf is null ? null : previous;
        var insights = new BacklogInsights
        {
            AsOf = input.AsOf,
            Past = past.Basis,
            Health = HealthBuilder.Build(input, report, past, earlier),
            Trends = TrendsBuilder.Build(past),
            Delivery = DeliveryBuilder.Build(past),
            Arrivals = ArrivalsBuilder.Build(past),
            People = PeopleBuilder.Build(input, report, past),
            Aging = AgingBuilder.Build(past),
            Moves = MovesBuilder.Build(report, past, earlier),
        };
        return insights with { Risks = RisksBuilder.Build(input, report, past, insights, earlier) };
    }
}
