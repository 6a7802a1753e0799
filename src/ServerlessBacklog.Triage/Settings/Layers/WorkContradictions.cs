using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Triage.Settings.Layers;

/// <summary>What cannot be meant together of work under way. Pure.</summary>
internal static class WorkContradictions
{
    public static IEnumerable<Contradiction> In(TriageSettings settings) => Statuses(settings.Statuses);

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

    private static bool Covers(IReadOnlyList<string> wide, IReadOnlyList<string> narrow) =>
        wide.Count == 0 || (narrow.Count > 0 && narrow.All(n => wide.Contains(n, StringComparer.OrdinalIgnoreCase)));

    private static string Word(StatusRule rule) => $"'{ConfigJson.Text(ConfigJson.Node(rule.When))}'";
}
