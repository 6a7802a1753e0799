using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>Insights for reading in a terminal.</summary>
internal static class ForecastText
{
    private const int Rows = 5;

    public static void Print(string backlog, BacklogInsights insights)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(backlog)}[/] as of {Show.Day(insights.AsOf)}: {insights.Past.Sentence}");
        Delivery(insights.Delivery);
        Arrivals(insights.Arrivals);
        People(insights.People);
        Aging(insights.Aging);
        Risks(insights.Risks);
        Trends(insights.Trends);
        HealthText.Print(insights.Health);
    }

    /// <summary>Only what was asked for.</summary>
    public static void Print(BacklogInsights insights, DoneByDate? by, MilestoneForecast? milestone)
    {
        if (by is not null)
            AnsiConsole.WriteLine($"By {by.Date:yyyy-MM-dd}: {Show.Count(by.P50, "item")} or more in half of the cases, {by.P85:N0} in 85 %, {by.P95:N0} in 95 %.");
        if (milestone is { Dates: { } dates })
        {
            AnsiConsole.WriteLine($"{Show.Short(milestone.Name, 80)}: {Show.Count(milestone.Open, "open item")}, done by {Day(dates.P50)} in half of the cases, by {Day(dates.P85)} in 85 %, by {Day(dates.P95)} in 95 %.");
            if (milestone.Due is { } due)
                AnsiConsole.WriteLine(milestone.IsLate ? $"It is due on {due:yyyy-MM-dd}: that will likely not hold." : $"It is due on {due:yyyy-MM-dd}: that holds in 85 % of cases or more.");
            Grey(milestone.Assumes);
        }

        Grey(insights.Delivery.Basis);
    }

    private static void Delivery(DeliveryForecast delivery)
    {
        Heading("When, and how many");
        if (delivery.WhyNot is { } why)
        {
            AnsiConsole.WriteLine($"Cannot be known yet: {why}");
            return;
        }

        var table = Table("done by", ">50 %", ">85 %", ">95 %");
        foreach (var next in delivery.Next)
            table.AddRow($"the next {next.Items:N0}", Day(next.Dates.P50), Day(next.Dates.P85), Day(next.Dates.P95));
        if (delivery.AllOpen is { } all)
            table.AddRow($"all {all.Items:N0} open, if none came in", Day(all.Dates.P50), Day(all.Dates.P85), Day(all.Dates.P95));
        foreach (var milestone in delivery.Milestones.Where(m => m.Dates is not null).Take(Rows))
        {
            table.AddRow(
                Markup.Escape($"{Show.Short(milestone.Name, 50)} ({milestone.Open:N0} open{(milestone.Due is { } due ? $", due {due:yyyy-MM-dd}" : "")}{(milestone.IsLate ? ", late" : "")})"),
                Day(milestone.Dates!.P50), Day(milestone.Dates.P85), Day(milestone.Dates.P95));
        }

        foreach (var by in delivery.ByDate)
            table.AddRow($"by {by.Date:yyyy-MM-dd}, at least", $"{by.P50:N0}", $"{by.P85:N0}", $"{by.P95:N0}");
        AnsiConsole.Write(table);
        More(delivery.Milestones.Count, "milestone");
        Grey(delivery.Basis);
    }

    private static void Arrivals(ArrivalsForecast arrivals)
    {
        Heading("What comes in");
        if (arrivals.WhyNot is { } why)
        {
            AnsiConsole.WriteLine($"Cannot be known yet: {why}");
            return;
        }

        var table = Table("week of", ">expected", $">in {arrivals.Level:P0} of weeks", ">simple rule");
        foreach (var week in arrivals.Weeks)
            table.AddRow($"{week.Monday:yyyy-MM-dd}", $"{week.Expected:0.#}", $"{week.Low:0.#} to {week.High:0.#}", $"{week.Naive:0.#}");
        AnsiConsole.Write(table);
        Grey($"The simple rule: {arrivals.NaiveRule}. {(arrivals.Capacity is { } capacity ? $"A usual week closes {capacity:0.#}." : "How many a week closes is not known.")}");
        if (arrivals.Spike is { } spike)
            AnsiConsole.WriteLine(spike);
    }

    private static void People(PeopleForecast people)
    {
        Heading("Who carries how much");
        if (people.WhyNot is { } why)
        {
            AnsiConsole.WriteLine(why);
            return;
        }

        var table = Table("person", ">open items", ">capacity", ">in four weeks");
        foreach (var person in people.People.Take(Rows))
        {
            table.AddRow(
                Markup.Escape(Show.Short(person.Login, 40)), $"{person.Load:N0}", $"{person.Capacity:N0}",
                person.Weeks.Count > 0 ? $"{person.Weeks[^1].Low:0} to {person.Weeks[^1].High:0}" : "not known yet");
        }

        AnsiConsole.Write(table);
        More(people.Total, people.Total == 1 ? "person" : "people", plural: "people");
        foreach (var rebalance in people.People.Select(p => p.Rebalance).OfType<Rebalance>().Take(Rows))
        {
            AnsiConsole.WriteLine(Show.OneLine(rebalance.Sentence));
            foreach (var move in rebalance.CouldMove)
                AnsiConsole.WriteLine($"  could move: {Line(move.Item)} – {Show.OneLine(move.Why)}");
        }
    }

    private static void Aging(AgingWork aging)
    {
        Heading("What ages");
        if (aging.WhyNot is { } why)
        {
            AnsiConsole.WriteLine(why);
            return;
        }

        AnsiConsole.WriteLine($"{aging.Over:N0} of {Show.Count(aging.InProgress, "item")} in progress {(aging.Over == 1 ? "is" : "are")} over what 85 % of {(aging.Over == 1 ? "its" : "their")} kind needed.");
        foreach (var item in aging.Items.Take(Rows))
            AnsiConsole.WriteLine($"  {item.AgeDays:N0} of {item.SleDays:N0} days: {Line(item.Item)}{(item.People.Count > 0 ? $" ({Show.OneLine(string.Join(", ", item.People))})" : "")}");
        Grey(aging.Note);
    }

    private static void Risks(RiskRegister risks)
    {
        Heading("What may go wrong");
        if (risks.Open.Count == 0)
            AnsiConsole.WriteLine("No cause was seen where we could look.");
        foreach (var risk in risks.Open.Take(Rows * 2))
        {
            AnsiConsole.WriteLine($"{risk.Probability} probability, {risk.Impact.ToString().ToLowerInvariant()} impact, since {Show.Day(risk.OpenedAt)}: {Show.OneLine(risk.Sentence)}");
            AnsiConsole.WriteLine($"  {Show.OneLine(risk.Act)}{(risk.Owner is { } owner ? $" Nearest to it: {Show.OneLine(owner)}." : "")}");
        }

        if (risks.Open.Count > Rows * 2)
            Grey($"{Rows * 2:N0} of {risks.Open.Count:N0}; --json lists all.");
        foreach (var not in risks.NotLooked)
            Grey($"Not looked for: {not}");
    }

    private static void Trends(BacklogTrends trends)
    {
        Heading("What changed");
        if (trends.WhyNot is { } why)
            AnsiConsole.WriteLine(why);
        else if (trends.NoChange is { } flat)
            AnsiConsole.WriteLine(flat);
        foreach (var change in trends.Adjustments)
        {
            AnsiConsole.WriteLine(Show.OneLine(change.Sentence));
            AnsiConsole.WriteLine($"  {Show.OneLine(change.Act)} What would change this: {Show.OneLine(change.WouldChangeMyMind)}");
        }
    }

    internal static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    internal static void Grey(string? text)
    {
        if (text is not null)
            AnsiConsole.MarkupLineInterpolated($"[grey]{Show.OneLine(text)}[/]");
    }

    /// <param name="heads">A head that begins with &gt; is set to the right.</param>
    internal static Table Table(params IReadOnlyList<string> heads)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var head in heads)
            table.AddColumn(head[0] == '>' ? new TableColumn(head[1..]).RightAligned() : new TableColumn(head));
        return table;
    }

    private static void More(int total, string one, string? plural = null)
    {
        if (total > Rows)
            Grey($"{Rows} of {Show.Count(total, one, plural)}; --json lists more.");
    }

    private static string Line(ItemLine item) => $"{Show.OneLine(item.Ref.Number)} {Show.Short(item.Title, 80)}".TrimEnd();

    private static string Day(DateOnly? date) => date is { } day ? $"{day:yyyy-MM-dd}" : "over two years";
}
