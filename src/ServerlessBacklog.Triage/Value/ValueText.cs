using System.Globalization;
using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Value;

/// <summary>A value report in lines for people: the claim or why there is none, then every input.</summary>
public static class ValueText
{
    public static IEnumerable<string> Lines(ValueReport report)
    {
        var (input, settings) = (report.Input, report.Input.Settings);
        yield return Text($"{input.Backlog}, {input.From:yyyy-MM-dd} to {input.To:yyyy-MM-dd}");
        yield return report.Refusal ?? Text($"Net {report.NetHours:0.0} hours ({Range(report.NetHoursInterval)}), from {report.Decisions} decisions");
        yield return Text($"saved {report.SavedMinutes:0.#} min, taken back {report.LostMinutes:0.#} min, review {report.ReviewMinutes:0.#} min ({report.Reviews} answers × {settings.ReviewMinutes} min)");
        foreach (var act in report.Acts)
            yield return Text($"{act.Act}: {act.Kept} × {act.MinutesEach} min{(act.Undone > 0 ? Text($", {act.Undone} taken back") : "")} = {act.Minutes:0.#} min");
        yield return Text($"{report.Pending} acts without approval are younger than {ValueSettings.StandsAfterDays} days and not counted yet");
        yield return Text($"models: {report.ModelCost} for {input.Models.Tokens} tokens in {input.Models.Calls} calls{(input.Models is { Cost: 0, Tokens: > 0 } ? " (no price is set: Models:InputPrice, Models:OutputPrice)" : "")}");
        yield return report.AzureCost is { } azure ? Text($"Azure: {azure} (of {settings.AzureMonthlyCost} a month)") : "Azure: not given (Value:AzureMonthlyCost)";
        if (report.Refusal is null)
        {
            yield return report.NetMoney is { } money
                ? Text($"net {money} ({Range(report.NetMoneyInterval!.Value)}) at {settings.HourlyRate} an hour")
                : "net money: not reckoned without Value:HourlyRate and Value:AzureMonthlyCost";
            yield return Text($"interval: 2,000 bootstrap draws over decisions; its low end halves all minutes saved, its high end takes half as much again, since the table is an assumption");
        }

        var missed = report.Missed;
        yield return $"alignment, by proxy: {(missed.Agreement is { } agreed ? Text($"{agreed:0 %} of answered asks were accepted") : "no ask was answered")}";
        yield return $"engagement, by proxy: {(missed.Answered is { } answered ? Text($"{answered:0 %} of asks were answered, by {missed.People} people") : "no ask is over")}";
        yield return $"response time, by proxy: {(missed.FirstActHours is { } hours ? Text($"{hours:0.0} hours from creation to our first act (median of {missed.Items} items)") : "no item that came in this time was acted on")}";
    }

    private static string Range(Interval interval) => Text($"{interval.Low:0.0} … {interval.High:0.0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
