using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// What the duplicates of an item add to it, in one comment (FEATURES D6): which they are, facts that the item does not state, votes and people together. It
/// calls nobody. Pure: the same items give the same text, whatever their order.
/// </summary>
public static class ConsolidatedComment
{
    /// <summary>Characters: more nobody reads.</summary>
    private const int Longest = 8_000;

    private const int MostDuplicates = 50;
    private const int MostValues = 12;
    private const int MostPeople = 20;
    private const int LongestTitle = 120;

    private static readonly (FactKind Kind, string Words)[] Kinds =
    [
        (FactKind.Version, "Versions"),
        (FactKind.Platform, "Platforms"),
        (FactKind.Error, "Errors"),
        (FactKind.File, "Files"),
    ];

    /// <param name="canonical">The item that is kept.</param>
    /// <param name="duplicates">All that are known; what is told of an outline without its text is what its facts say.</param>
    /// <returns>The comment, or why it may not be sent.</returns>
    public static OutgoingAnswer Of(OutlinedItem canonical, IEnumerable<OutlinedItem> duplicates)
    {
        var all = duplicates.Where(d => d.Item.Ref != canonical.Item.Ref).DistinctBy(d => d.Item.Ref).Order(ByAge).ToList();
        var home = canonical.Item.Ref;
        var outgoing = new OutgoingText
        {
            Home = home,
            MayName = [.. all.Select(d => d.Item.Ref)],
            Hosts = canonical.Item.Url is { } url ? [url.Authority] : [],
            MaxLength = Longest,
        };
        var parts = new List<string>();
        foreach (var part in Parts(canonical, all))
        {
            var answer = outgoing.Clean(part);
            if (answer.Text is null)
                return answer;
            parts.Add(answer.Text);
        }

        return outgoing.Clean(string.Join("\n\n", parts));
    }

    private static IEnumerable<string> Parts(OutlinedItem canonical, List<OutlinedItem> duplicates)
    {
        yield return $"**Gathered from duplicates:** {Count(duplicates.Count, "item")}";
        yield return Lines(duplicates.Take(MostDuplicates).Select(d => $"{Name(canonical, d)} {Title(d.Item.Title)}"), duplicates.Count - MostDuplicates);
        var facts = Facts(canonical, duplicates).ToList();
        if (facts.Count > 0)
            yield return $"**Not stated above**\n\n{Lines(facts, 0)}";
        yield return Lines(Sums([canonical, .. duplicates]), 0);
        yield return "---";
        yield return "*This comment is automated: ServerlessBacklog gathers here what is in items that were closed as duplicates of this one. "
            + "It is edited in place when another one comes.*";
    }

    private static IEnumerable<string> Facts(OutlinedItem canonical, List<OutlinedItem> duplicates)
    {
        foreach (var (kind, words) in Kinds)
        {
            var known = canonical.Facts.Where(f => f.Kind == kind).Select(f => f.Value).ToHashSet();
            var added = Added(duplicates, d => d.Facts.Where(f => f.Kind == kind && !known.Contains(f.Value)).Select(f => f.Value)).ToList();
            if (added.Count > 0)
                yield return $"{words}: {Told(canonical, added)}";
        }

        var files = Added(duplicates, d => Attachments.Of(d.Item.Body).Except(Attachments.Of(canonical.Item.Body))).ToList();
        if (files.Count > 0)
            yield return $"Attachments: {Told(canonical, files)}";
    }

    /// <summary>Each value with the items that state it.</summary>
    private static IEnumerable<(string Value, List<OutlinedItem> In)> Added(List<OutlinedItem> duplicates, Func<OutlinedItem, IEnumerable<string>> values) =>
        duplicates.SelectMany(d => values(d).Distinct().Select(v => (Value: v, Item: d))).GroupBy(p => p.Value, p => p.Item)
            .Select(g => (g.Key, g.ToList())).OrderByDescending(g => g.Item2.Count).ThenBy(g => g.Key, StringComparer.Ordinal);

    private static string Told(OutlinedItem canonical, List<(string Value, List<OutlinedItem> In)> values) =>
        string.Join("; ", values.Take(MostValues).Select(v => $"{OneLine(v.Value)} ({string.Join(", ", v.In.Take(3).Select(d => Name(canonical, d)))}{(v.In.Count > 3 ? ", …" : "")})"))
        + (values.Count > MostValues ? $"; {values.Count - MostValues} more" : "");

    private static IEnumerable<string> Sums(IReadOnlyList<OutlinedItem> all)
    {
        var reactions = all.Select(o => o.Item.History.Reactions).ToList();
        if (reactions.Sum(r => r.Total) is > 0 and var votes)
        {
            var voters = reactions.SelectMany(r => r.People).Where(p => !p.IsBot).Distinct().ToList();
            yield return $"Votes on all of them: {votes} ({reactions.Sum(r => r.ThumbsUp)} up, {reactions.Sum(r => r.ThumbsDown)} down)"
                + (voters.Count > 0 ? $", by {Count(voters.Count, "person", "people")}: {Names(voters)}" : "");
        }

        var people = all.SelectMany(o => o.Item.Assignees.Append(o.Item.Reporter).Concat(o.Item.History.Commenters())).OfType<Person>().Where(p => !p.IsBot).Distinct().ToList();
        yield return people.Count > 0
            ? $"Taking part in them: {Count(people.Count, "person", "people")}: {Names(people)}"
            : "Nobody is told to take part in them";
    }

    private static string Names(List<Person> people) =>
        string.Join(", ", people.Select(p => OneLine(p.Login)).Order(StringComparer.OrdinalIgnoreCase).Take(MostPeople)) + (people.Count > MostPeople ? $" and {people.Count - MostPeople} more" : "");

    private static string Lines(IEnumerable<string> lines, int more) =>
        string.Join('\n', lines.Select(l => $"- {l}").Concat(more > 0 ? [$"- and {more} more"] : []));

    private static string Name(OutlinedItem canonical, OutlinedItem item) => AllowedNames.TextFor(canonical.Item.Ref, item.Item.Ref);

    private static string Title(string title)
    {
        var line = OneLine(title);
        return line.Length <= LongestTitle ? $"“{line}”" : $"“{line[..(char.IsHighSurrogate(line[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)]}…”";
    }

    private static string OneLine(string text) => string.Join(' ', PlainCharacters.Of(text).Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    private static string Count(int count, string one, string? more = null) => count == 1 ? $"1 {one}" : $"{count} {more ?? $"{one}s"}";

    private static readonly Comparer<OutlinedItem> ByAge = Comparer<OutlinedItem>.Create((one, other) => ItemAge.Order.Compare(one.Item, other.Item));
}
