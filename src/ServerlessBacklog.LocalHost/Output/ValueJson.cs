using ServerlessBacklog.Triage.Value;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>A value report for scripts. Names stay.</summary>
internal static class ValueJson
{
    public static object Of(ValueReport report) => new
    {
        backlog = report.Input.Backlog,
        from = report.Input.From,
        to = report.Input.To,
        refusal = report.Refusal,
        net_hours = report.Refusal is null ? report.NetHours : (double?)null,
        net_hours_low = report.Refusal is null ? report.NetHoursInterval.Low : (double?)null,
        net_hours_high = report.Refusal is null ? report.NetHoursInterval.High : (double?)null,
        saved_minutes = report.SavedMinutes,
        lost_minutes = report.LostMinutes,
        review_minutes = report.ReviewMinutes,
        reviews = report.Reviews,
        pending = report.Pending,
        acts = report.Acts.Select(a => new { act = a.Act, minutes_each = a.MinutesEach, kept = a.Kept, undone = a.Undone, minutes = a.Minutes }).ToList(),
        minutes_by_act = report.Input.Settings.Minutes,
        model_cost = report.ModelCost,
        azure_cost = report.AzureCost,
        hourly_rate = report.Input.Settings.HourlyRate,
        net_money = report.Refusal is null ? report.NetMoney : null,
        missed = new { agreement = report.Missed.Agreement, answered = report.Missed.Answered, people = report.Missed.People, first_act_hours = report.Missed.FirstActHours, items = report.Missed.Items },
    };
}
