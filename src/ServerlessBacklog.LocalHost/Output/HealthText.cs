using ServerlessBacklog.Triage.Insights;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>The health of a backlog for reading in a terminal.</summary>
internal static class HealthText
{
    private const int Months = 6;

    public static void Print(HealthScore health)
    {
        ForecastText.Heading("Health");
        if (health.Value is not { } value)
        {
            AnsiConsole.WriteLine(health.WhyNot ?? "Not known.");
            return;
        }

        AnsiConsole.WriteLine($"{value:0.#} of 100. {(health.Causes.Count == 0 ? "Nothing costs points." : "What costs most:")}");
        foreach (var cause in health.Causes)
            AnsiConsole.WriteLine($"  {Show.OneLine(cause.Sentence)} {Show.OneLine(cause.Mend)}");
        foreach (var part in health.Parts.Where(p => p.WhyNot is not null))
            ForecastText.Grey($"Not judged: {part.Name.ToLowerInvariant()}. {part.WhyNot}");
        if (health.Months.Count > 0)
            AnsiConsole.WriteLine($"Past months: {string.Join(", ", health.Months.TakeLast(Months).Select(m => $"{m.Month:yyyy-MM} {m.Value:0.#}{(m.IsRebuilt ? "*" : "")}"))}.");
        if (health.Months.Any(m => m.IsRebuilt))
            ForecastText.Grey("* rebuilt: the ages of what was open then, all else as it is now.");
        AnsiConsole.WriteLine(health.Next is { } next
            ? $"At the end of {next.Month:yyyy-MM}: {next.Low:0.#} to {next.High:0.#} in {next.Level:P0} of cases, {next.Basis}."
            : $"The end of the next month cannot be known yet: {health.WhyNoNext}");
    }
}
