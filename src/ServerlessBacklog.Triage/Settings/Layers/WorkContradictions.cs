using ServerlessBacklog.Triage.Reminders;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What cannot be meant together of work under way. Pure.</summary>
internal static class WorkContradictions
{
    public static IEnumerable<Contradiction> In(TriageSettings settings) =>
        [.. Statuses(settings.Statuses), .. Ladder("asks", settings.Reminders.Asks), .. Ladder("work", settings.Reminders.Work), .. Asks(settings)];

    private static IEnumerable<Contradiction> Statuses(StatusSettings statuses)
    {
        foreach (var rule in statuses.Rules.Where(r => r.Close != string.IsNullOrWhiteSpace(r.To)))
        {
            yield return new Contradiction(["statuses.rules"], rule.Close
                ? $"The rule for {Word(rule)} says both 'to' and 'close'. Keep one of them."
                : $"The rule for {Word(rule)} says neither 'to' nor 'close', so it would do nothing. Give it one of them.");
        }

        for (var i = 0; i < statuses.Rules.Count; i++)
        {
            var later = statuses.Rules[i];
            if (statuses.Rules.Take(i).Any(earlier => earlier.When == later.When && Covers(earlier.Types, later.Types) && Covers(earlier.From, later.From)))
                yield return new Contradiction(["statuses.rules"], $"A rule for {Word(later)} stands behind another one that fits all of its items, so it is never used. Put the narrower one first, or take one out.");
        }
    }

    private static IEnumerable<Contradiction> Ladder(string name, LadderDays days)
    {
        if ((days.Second > 0 && days.Second <= days.First) || (days.Lead > 0 && days.Lead <= Math.Max(days.First, days.Second)))
            yield return new Contradiction([$"reminders.{name}.first", $"reminders.{name}.second", $"reminders.{name}.lead"], $"The reminders of {name} would come after {days.First}, {days.Second} and {days.Lead} days: each has to come later than the one before it, or be 0.");
    }

    private static IEnumerable<Contradiction> Asks(TriageSettings settings)
    {
        var (asks, wait) = (settings.Reminders.Asks, settings.Approvals.WaitDays);
        // The first one is set whether anybody chose it or not: with a short wait there is just none.
        if (Math.Max(asks.Second, asks.Lead) >= wait)
            yield return new Contradiction(["reminders.asks.second", "reminders.asks.lead", "approvals.wait_days"], $"An ask ends after {wait} days, so a reminder after {Math.Max(asks.Second, asks.Lead)} never comes. Lower it or raise wait_days.");
    }

    private static bool Covers(IReadOnlyList<string> wide, IReadOnlyList<string> narrow) =>
        wide.Count == 0 || (narrow.Count > 0 && narrow.All(n => wide.Contains(n, StringComparer.OrdinalIgnoreCase)));

    private static string Word(StatusRule rule) => $"'{ConfigJson.Text(ConfigJson.Node(rule.When))}'";
}
