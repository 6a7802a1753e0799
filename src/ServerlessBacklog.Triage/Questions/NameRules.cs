using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Names in questions: items, milestones, areas, people, types, as far as the backlog has them. Pure.</summary>
internal static class NameRules
{
    private const string InPlace = @"(?:(?:in|of|for|on|under|to|from|until) )?(?:the )?";
    private const string OfPerson = @"(?:(?:assigned to|owned by|belonging to|belongs to|by|of|for|from|on|with|does|is|has|did) )*";
    private const string PersonDoes = @"(?<does>(?: (?:has|have|is|got|owns|carries|does|works on|working on|work on|doing))*)";

    private static readonly Regex Me = Rules.Of(@"(?:(?:assigned to|owned by|for|of|by) )?(?:my|mine|me|myself)(?: own)?|(?:do |am |have )?i(?: (?:have|am|own|work on|working on|got))?");
    private static readonly Regex Number = Rules.Of(@"(?:(?:item|issue|ticket|bug|task|story|number|no) )?#?(?<number>[\w.-]+/[\w.-]+#\d{1,10}|\d{1,10}|[a-z][a-z0-9]{1,9}-\d{1,9})");
    private static readonly Regex HashNumber = new(@"(?<!\S)(?:(?:item|issue|ticket|bug|task|story) )?(?:[\w.-]+/[\w.-]+)?#\d{1,10}(?!\w)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly string[][] Kinds =
    [
        ["bug", "defect", "fault", "error"],
        ["feature", "enhancement", "story", "user story", "feature request", "request", "improvement"],
        ["task", "chore", "maintenance"],
        ["epic"],
    ];

    /// <summary>An item by its number; what looks like one and is none is left in the phrase.</summary>
    public static Condition? Item(Phrase phrase, BacklogWords words)
    {
        var match = HashNumber.Match(phrase.Left) is { Success: true } hash ? hash.Value.Split(' ')[^1] : Number.Match(phrase.Left) is { Success: true } plain ? plain.Groups["number"].Value : null;
        if (match is null || words.Find(match) is not { } found)
            return null;
        phrase.Take(HashNumber.IsMatch(phrase.Left) ? HashNumber : Number);
        return new Condition(QueryField.Item, QueryOp.Is, words.Find(found.Item.Ref.Number) is null ? found.Item.Ref.ToString() : found.Item.Ref.Number);
    }

    public static void Read(Phrase phrase, BacklogWords words, string me, List<Condition> where)
    {
        foreach (var milestone in Longest(words.Milestones))
        {
            if (phrase.TakeName(milestone, $"{InPlace}(?:(?:milestone|sprint|release|version|iteration) )?"))
                where.Add(new Condition(QueryField.Milestone, QueryOp.Is, milestone));
        }

        foreach (var area in Longest(words.Areas))
        {
            if (phrase.TakeName(area, $"{InPlace}(?:(?:area|component|module|part) )?", "(?: (?:area|component|module))?"))
                where.Add(new Condition(QueryField.Area, QueryOp.Is, area));
        }

        foreach (var person in Longest(words.People))
            Person(phrase, person, Regex.Escape(Phrase.Plain(person)), where);
        while (phrase.Take(Me) is not null)
        {
            if (!where.Exists(c => c.Field == QueryField.Assignee))
                where.Add(new Condition(QueryField.Assignee, QueryOp.Is, me));
        }

        foreach (var type in Longest(words.Types))
        {
            if (Forms(type, words).Any(form => phrase.TakeName(form)))
                where.Add(new Condition(QueryField.Type, QueryOp.Is, type));
        }
    }

    /// <summary>All names of one field that stand in the phrase, taken out; empty when there are fewer than two.</summary>
    public static (QueryField Field, IReadOnlyList<string> Names)? Several(Phrase phrase, BacklogWords words)
    {
        foreach (var (field, names) in new[] { (QueryField.Assignee, words.People), (QueryField.Area, words.Areas), (QueryField.Milestone, words.Milestones), (QueryField.Type, words.Types) })
        {
            var found = Longest(names).Where(name => (field == QueryField.Type ? Forms(name, words) : [name]).Any(form => IndexOf(phrase.Left, form) >= 0))
                .OrderBy(name => (field == QueryField.Type ? Forms(name, words) : [name]).Select(form => IndexOf(phrase.Left, form)).Where(i => i >= 0).Min()).ToList();
            if (found.Count < 2)
                continue;
            foreach (var name in found)
                _ = (field == QueryField.Type ? Forms(name, words) : [name]).Any(form => phrase.TakeName(form, "(?:(?:and|with|to|vs|versus|against|or) )?"));
            return (field, found);
        }

        return null;
    }

    private static int IndexOf(string text, string name) => Regex.Match(text, $@"(?<![\w#.-]){Regex.Escape(Phrase.Plain(name))}(?![\w-]|\.\w)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } match ? match.Index : -1;

    private static void Person(Phrase phrase, string person, string pattern, List<Condition> where)
    {
        if (phrase.Take(Rules.Of($"not (?:assigned to|of|by) @?{pattern}")) is not null)
            where.Add(new Condition(QueryField.Assignee, QueryOp.Not, person));
        else if (phrase.Take(Rules.Of($"{OfPerson}@?{pattern}{PersonDoes}")) is { } match)
        {
            where.Add(new Condition(QueryField.Assignee, QueryOp.Is, person));
            if (match.Groups["does"].Value is var does && (does.Contains("work", StringComparison.Ordinal) || does.Contains("doing", StringComparison.Ordinal)))
                where.Add(new Condition(QueryField.State, QueryOp.Is, "started"));
        }
    }

    /// <summary>How people say a type: in the plural, and by the usual other words where the backlog has no type of that name.</summary>
    private static IEnumerable<string> Forms(string type, BacklogWords words)
    {
        var name = Phrase.Plain(type);
        var others = Kinds.FirstOrDefault(k => k.Contains(name))?.Where(k => k != name && !words.Types.Contains(k)) ?? [];
        return new[] { name }.Concat(others).SelectMany(n => new[] { n, n.EndsWith('y') ? $"{n[..^1]}ies" : $"{n}s" }).OrderByDescending(f => f.Length);
    }

    private static IEnumerable<string> Longest(IEnumerable<string> names) => names.Where(n => n.Length is > 0 and <= 100).OrderByDescending(n => n.Length).ThenBy(n => n, StringComparer.Ordinal);
}
