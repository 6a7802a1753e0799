using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Insights;

/// <summary>Works out what each person carries now and in the weeks to come.</summary>
internal static class PeopleBuilder
{
    /// <summary>Week ends of the past that changes are taken from.</summary>
    private const int PastWeeks = 26;

    private const int MostPeople = 50;

    public static PeopleForecast Build(ReportInput input, BacklogReport report, Past past)
    {
        var people = input.Backlog.Model(BacklogPeople.From);
        var load = input.Backlog.Model(PeopleLoad.From);
        var carried = past.Open.SelectMany(i => Keys(people, i).Select(p => (Person: p, Item: i))).ToLookup(c => c.Person, c => c.Item);
        if (carried.Count == 0)
            return new PeopleForecast { WhyNot = past.Open.Count == 0 ? "No item is open, so nobody carries anything." : "No open item has an owner, so nobody is known to carry anything." };
        var spans = past.Spans.SelectMany(s => Keys(people, s.Item).Select(p => (Person: p, Span: Carried(people, p, s.Item, s.Span)))).ToLookup(s => s.Person, s => s.Span);
        var ends = Ends(past);
        var moving = new Moving(input, report, past, people, load);
        var rows = carried
            .Select(c => (Key: c.Key, Row: Forecast(c.Key, [.. c])))
            .OrderByDescending(r => r.Row.Rebalance is not null).ThenByDescending(r => r.Row.Load).ThenBy(r => r.Row.Login, StringComparer.OrdinalIgnoreCase)
            .Select(r => r.Row).ToList();
        return new PeopleForecast { People = [.. rows.Take(MostPeople)], Total = rows.Count };

        PersonForecast Forecast(Person person, List<WorkItem> items)
        {
            var capacity = load.CapacityOf(person, input.Settings.People);
            var loads = ends.Select(end => spans[person].Count(s => s.Holds(end))).Append(items.Count).ToList();
            var weeks = LoadModel.Forecast(loads)
                .Select((l, at) => new LoadWeek(Weeks.MondayOf(past.AsOf).AddDays(7 * at), Math.Round(l.Expected, 1), l.Low, l.High)).ToList();
            return new PersonForecast(people.NameOf(person), items.Count, capacity)
            {
                Weeks = weeks,
                WhyNoWeeks = weeks.Count > 0 ? null : $"{loads.Count} week ends are known; a forecast needs {LoadModel.Fewest}.",
                Rebalance = moving.Suggest(person, items, capacity, weeks),
            };
        }
    }

    private static IEnumerable<Person> Keys(BacklogPeople people, WorkItem item) =>
        item.Assignees.Where(a => !a.IsBot).Select(a => people.KeyOf(item.Ref.Tracker, a)).Distinct();

    /// <summary>From when a person had an item: since it was given to them, where the source dates that, otherwise as long as it was open.</summary>
    private static OpenSpan Carried(BacklogPeople people, Person person, WorkItem item, OpenSpan span)
    {
        var given = item.History.Events
            .Where(e => e.Kind.Equals("assigned", StringComparison.OrdinalIgnoreCase) && e.Value is { } login && people.KeyOf(item.Ref.Tracker, new Person(login)).Equals(person))
            .Select(e => (DateTimeOffset?)e.At).Max();
        return given > span.From ? span with { From = given.Value } : span;
    }

    /// <summary>Ends of whole past weeks, oldest first.</summary>
    private static List<DateTimeOffset> Ends(Past past)
    {
        var last = Weeks.MondayOf(past.AsOf);
        return [.. Enumerable.Range(0, PastWeeks).Select(back => Weeks.Start(last.AddDays(-7 * back))).Where(end => end >= past.First).Reverse()];
    }
}
