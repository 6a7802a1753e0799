using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog forecast</c>: when, how many, who has too much, what ages, what may go wrong, and how healthy the backlog is.</summary>
internal static class ForecastCommand
{
    private const string Description = """
        Say when the open items are done and how many by a date, what the next weeks bring, who has too much, which work ages, what may go wrong, and how
        healthy the backlog is. Dates hold in 50, 85 and 95 % of cases; where the past is too short it says so (docs/forecasts.md).

        Examples:
          backlog forecast
          backlog forecast --by 2026-12-31
          backlog forecast --milestone "1.4"
          backlog forecast --json
        """;

    public static Command Create()
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var by = By();
        var milestone = new Option<string?>("--milestone") { Description = "When the open items of this milestone, sprint or iteration are done.", HelpName = "NAME" };
        var command = new Command("forecast", Description) { by, milestone, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var insights = (await services.GetRequiredService<ViewKeeper>().HeadAsync(name, cancellation)).Insights;
            var done = parsed.GetValue(by) is { } date ? DoneBy(insights.Delivery, date) : null;
            var asked = parsed.GetValue(milestone) is { } wanted ? Find(insights.Delivery, wanted) : null;
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = name, By = done, Milestone = asked, Insights = WithoutCurves(insights) }, OutputJson.Options));
            else if (done is null && asked is null)
                ForecastText.Print(name, insights);
            else
                ForecastText.Print(insights, done, asked);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static DoneByDate DoneBy(DeliveryForecast delivery, DateOnly date)
    {
        if (delivery.WhyNot is { } why)
            throw new UserErrorException($"Nobody can say yet how many are done by then. {why}");
        return delivery.By(date) ?? throw new UserErrorException(
            $"{date:yyyy-MM-dd} cannot be forecast: name a day after {delivery.From:yyyy-MM-dd}, the last day that is known, and within {delivery.Curves!.Farthest} days of it.");
    }

    private static MilestoneForecast Find(DeliveryForecast delivery, string name)
    {
        if (delivery.WhyNot is { } why)
            throw new UserErrorException($"Nobody can say yet when '{name}' is done. {why}");
        if (delivery.Milestones.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
            return found;
        throw new UserErrorException(delivery.Milestones.Count == 0
            ? $"There is no milestone '{name}': no open item belongs to one."
            : $"There is no milestone '{name}' with open items. There are: {string.Join(", ", delivery.Milestones.Take(10).Select(m => Show.Short(m.Name, 60)))}{(delivery.Milestones.Count > 10 ? " …" : "")}.");
    }

    /// <summary>The curves are for answering other questions, not for reading.</summary>
    private static BacklogInsights WithoutCurves(BacklogInsights insights) => insights with { Delivery = insights.Delivery with { Curves = null } };

    private static Option<DateOnly?> By() => new("--by")
    {
        Description = "How many are done by this day.",
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"'{result.Tokens[0].Value}' is no day. Write it as 2026-12-31.");
            return null;
        },
    };
}
