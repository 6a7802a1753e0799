using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Works out <see cref="HealthScore"/>. All weights and limits are our own choice and stand in docs/forecasts.md.</summary>
internal static class HealthBuilder
{
    /// <summary>An open item is young enough up to this age in days.</summary>
    public const int YoungDays = 365;

    public const double AgeWeight = 20;
    public const double ClarityWeight = 25;
    public const double DuplicatesWeight = 15;
    public const double OwnedWeight = 15;
    public const double EstimatedWeight = 10;
    public const double BlockedWeight = 15;

    private const int MostCauses = 3;

    public static HealthScore Build(ReportInput input, BacklogReport report, Past past, BacklogInsights? previous)
    {
        if (past.Open.Count == 0)
            return new HealthScore { WhyNot = "No item is open, so there is nothing to judge.", WhyNoNext = "There is no value to go on from." };
        var parts = Parts(input, report, past).ToList();
        if (Score(parts) is not { } value)
            return new HealthScore { Parts = parts, WhyNot = "No part could be judged.", WhyNoNext = "There is no value to go on from." };
        var months = HealthMonths.Build(past, parts, previous);
        var (next, why) = Next(months, value, input.AsOf);
        return new HealthScore
        {
            Value = Math.Round(value, 1),
            Parts = parts,
            Causes = [.. Causes(parts)],
            Months = months,
            Next = next,
            WhyNoNext = why,
        };
    }

    /// <summary>0 … 100; null where no part could be judged.</summary>
    public static double? Score(IReadOnlyList<HealthPart> parts)
    {
        var judged = parts.Where(p => p.Share is not null).ToList();
        return judged.Count == 0 ? null : 100 * judged.Sum(p => p.Weight * p.Share!.Value) / judged.Sum(p => p.Weight);
    }

    private static IEnumerable<HealthPart> Parts(ReportInput input, BacklogReport report, Past past)
    {
        var dated = past.Open.Where(i => i.CreatedAt is not null).ToList();
        yield return new HealthPart(
            "Young enough", "age", AgeWeight, dated.Count(i => (input.AsOf - i.CreatedAt!.Value).TotalDays <= YoungDays), dated.Count,
            dated.Count == 0 ? "No open item holds a creation date." : null);
        yield return ByStep("Clear", "clarity", ClarityWeight, StepName.Clarity, ItemMarks.Vague);
        yield return ByStep("Not duplicated", "duplicates", DuplicatesWeight, StepName.Duplicates, ItemMarks.Duplicate);
        yield return ByField("Owned", "unowned", OwnedWeight, i => i.Assignees.Count > 0, "No item of the source, open or closed, has an owner.");
        yield return ByField("Estimated", "unestimated", EstimatedWeight, i => i.StoryPoints is not null, "No item of the source, open or closed, has an estimate.");
        yield return ByStep("Not blocked", "blocked", BlockedWeight, StepName.Dependencies, ItemMarks.Blocked);

        HealthPart ByStep(string name, string key, double weight, string step, ItemMarks mark)
        {
            var looked = report.Items.Where(i => input.Findings.GetValueOrDefault(i.Item.Ref, []).Any(f => f.Step == step && f.Status != FindingStatus.NotYet)).ToList();
            return new HealthPart(name, key, weight, looked.Count(i => !i.Marks.HasFlag(mark)), looked.Count, looked.Count == 0 ? $"The {step} step did not look." : null);
        }

        HealthPart ByField(string name, string key, double weight, Func<WorkItem, bool> has, string whyNot) => past.Items.Any(has)
            ? new HealthPart(name, key, weight, past.Open.Count(has), past.Open.Count)
            : new HealthPart(name, key, weight, 0, 0, whyNot);
    }

    private static IEnumerable<HealthCause> Causes(List<HealthPart> parts)
    {
        var weights = parts.Where(p => p.Share is not null).Sum(p => p.Weight);
        return parts.Where(p => p.Share < 1)
            .Select(p => (Part: p, Points: Math.Round(100 * p.Weight * (1 - p.Share!.Value) / weights, 1)))
            .OrderByDescending(c => c.Points).Take(MostCauses)
            .Select(c => Cause(c.Part, c.Points));
    }

    private static HealthCause Cause(HealthPart part, double points)
    {
        var items = part.Of - part.InOrder;
        var (what, mend) = part.Key switch
        {
            "age" => ($"over {YoungDays} days old", "Go through the oldest and archive what nobody would start."),
            "clarity" => ("too vague to start on", "Ask the questions that the review lists, the most important items first."),
            "duplicates" => ("repeating another", "Close the repetitions after a look."),
            "unowned" => ("without an owner", "Give the urgent ones an owner; the proposals are a start."),
            "unestimated" => ("without an estimate", "Accept or correct the proposed estimates of what comes next."),
            _ => ("waiting for another open item", "Start with the items that most others wait for."),
        };
        return new HealthCause(part.Key, items, points, $"{items:N0} of {part.Of:N0} open items {(items == 1 ? "is" : "are")} {what} (−{points:0.#} points).", mend);
    }

    private static (HealthPrediction? Next, string? Why) Next(IReadOnlyList<HealthMonth> months, double value, DateTimeOffset asOf)
    {
        var next = new DateOnly(asOf.UtcDateTime.Year, asOf.UtcDateTime.Month, 1).AddMonths(1);
        var ahead = (Weeks.Start(next.AddMonths(1)) - asOf).TotalDays / 30.4;
        if (NextMonth.Forecast([.. months.Select(m => m.Value)], value, ahead) is not { } said)
            return (null, $"{months.Count} month ends are known; a prediction needs {NextMonth.Fewest}.");
        var kept = months.Count(m => !m.IsRebuilt);
        var basis = kept >= NextMonth.Fewest
            ? $"from the changes of {months.Count} months"
            : $"from the changes of {months.Count} months, {months.Count - kept} of them rebuilt from dates: of those only the ages moved, so the value may change more than the interval says";
        return (new HealthPrediction(next, Math.Round(said.Value, 1), Math.Round(said.Low, 1), Math.Round(said.High, 1), NextMonth.Level, basis), null);
    }
}
