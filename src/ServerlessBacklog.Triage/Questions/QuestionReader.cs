using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>
/// Reads a sentence by a written grammar: what is refused, what is a wish, what is a question. It never guesses: each word has to be understood, and
/// where two meanings lead to different items it asks back. Pure.
/// </summary>
internal sealed class QuestionReader(BacklogReport report, BacklogWords words, string me)
{
    private static readonly Regex Quoted = new("\"(?<text>[^\"]{1,80})\"", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex Mention = Rules.Of(@"(?:that |which )?(?:mention(?:s|ing)?|contain(?:s|ing)?|with the words?|titled|called|named|search for) (?:the words? )?(?<text>[^|]{1,80}?)(?: in the title)?(?= (?:assigned|older|oldest|newest|sorted|ordered|with|without)|$| \|)");
    private static readonly Regex About = Rules.Of(@"about (?:the )?(?<text>[^|]{1,80}?)(?= (?:assigned|older|oldest|newest|sorted|ordered|with|without|that|which)|$| \|)");

    /// <summary>"me" is then nobody whose items are looked for.</summary>
    private static readonly Regex Ask = new(@"^(?:please |pls |can you |could you |would you )*(?:show|give|tell|list|find|get|send|bring|fetch|remind)(?: me| us)?(?= |$)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex Next = Rules.Of(@"(?:what|which(?: items?)?) (?:should|could|can|shall|do|would) i (?:best )?(?:work on|do|take|pick(?: up)?|start(?: with| on)?)(?: next| now| first| today)?|what is next(?: for me)?|(?:my )?next (?:three|items?)");
    private static readonly Regex Status = Rules.Of(@"how (?:are (?:we|things)|is (?:it|the backlog|everything|this|our backlog)|do (?:we|things) (?:stand|look)|does (?:it|the backlog) look)(?: doing| going| looking)?(?: today| now)?|(?:the )?(?:status|summary|overview|health|state)(?: of (?:the|this|our) (?:backlog|project|team))?");
    private static readonly Regex Count = Rules.Of("how many|count(?: of)?|number of|how much");
    private static readonly Regex WhoMost = Rules.Of(@"who (?:has|have|owns|carries|got|holds) (?:the )?(?:most|too (?:much|many))|who is (?:overloaded|(?:the )?busiest|overworked|swamped|most loaded|too busy)|(?:the )?(?:work)?load(?: per person| of (?:each|every) person)?");
    private static readonly Regex Who = Rules.Of(@"who(?: (?:is|has|have|owns|works?|working|could|should|can|would|might|takes?|take|do|fix|handle|assigned|on|to))*");
    private static readonly Regex When = Rules.Of(@"(?:by )?when(?: (?:will|is|are|can|could|do|does|should|would|we))*|how long (?:until|till|will|does)|eta(?: (?:of|for))?");
    private static readonly Regex Done = Rules.Of(@"(?:be |get |is |are |take |takes )*(?:done|finished|ready|completed?|shipped|released|closed|delivered|due)");
    private static readonly Regex Why = Rules.Of(@"why(?: (?:is|are|was|were|has|does|did|should))?|(?:what is )?the reason (?:for|of)|explain");
    private static readonly Regex Compare = Rules.Of(@"compare|comparison (?:of|between)|(?:what is )?the difference between|vs|versus");
    private static readonly Regex Group = Rules.Of(@"(?:per|by|for each|for every|each|grouped by|broken down by|split by) (?<by>area|component|type|kind|person|assignee|owner|people|priority|milestone|sprint|state|status)s?");
    private static readonly Regex Unclear = Rules.Of("old|new|recent|recently|late|overdue|delayed|big|large|huge|small|tiny|important");

    private readonly DateOnly today = DateOnly.FromDateTime(report.AsOf.UtcDateTime);

    public Reading Read(string text)
    {
        if (Refusals.Of(text) is { } refused)
            return new RefusedReading(refused);
        return WishReader.Read(text, Candidate) ?? Question(text);
    }

    private Reading Question(string text)
    {
        var phrase = new Phrase(text);
        if (Alone(phrase.Left) is { } alone)
            return alone;
        if (phrase.Take(Next) is not null && phrase.Words().Count == 0)
            return new AskedQuery(NextOf(me));
        phrase.Take(Ask);
        var where = new List<Condition>();
        while ((phrase.Take(Mention) ?? phrase.Take(Quoted)) is { } quote)
            where.Add(new Condition(QueryField.Text, QueryOp.Is, quote.Groups["text"].Value.Trim(' ', '"')));
        Spelling.Mend(phrase, words);
        if (phrase.Take(Compare) is not null)
            return Comparison(phrase);
        var (act, group) = Act(phrase);
        if (phrase.Take(About) is { } about)
        {
            var (condition, open) = AboutOf(about.Groups["text"].Value.Trim(), phrase);
            if (open is not null)
                return open;
            where.Add(condition!);
        }

        return Conditions(phrase, where, act, group);
    }

    private Reading Conditions(Phrase phrase, List<Condition> where, QueryAct act, QueryField? group)
    {
        group ??= phrase.Take(Group) is { } grouped ? FieldOf(grouped.Groups["by"].Value) : null;
        var (limit, isTop) = act is QueryAct.List or QueryAct.Count ? FilterRules.ReadLimit(phrase) : (null, false);
        var order = FilterRules.ReadOrder(phrase) ?? (isTop ? new QueryOrder(OrderField.Rank, false) : null);
        FilterRules.Read(phrase, where);
        if (TimeRules.Read(phrase, today, where) is { } when)
            return when;
        NameRules.Read(phrase, words, me, where);
        if (NameRules.Item(phrase, words) is { } item)
            where.Add(item);
        if (People(where) is { } people)
            return people;
        if (phrase.Take(Unclear) is { } unclear)
            return Meanings(unclear.Value, phrase.Plainly());
        if (phrase.Words() is { Count: > 0 } unread)
            return new NoReading($"I do not understand {string.Join(", ", unread.Take(5).Select(w => $"'{QueryCheck.Shown(w)}'"))} here.");
        if (act == QueryAct.Why)
            where.RemoveAll(c => c.Field != QueryField.Item);
        if (act == QueryAct.Status && where.Count > 0)
            act = QueryAct.List;
        if (act == QueryAct.List && where.Count == 0 && order is null && limit is null && group is null)
            return new NoReading("I found nothing in that which I could look up.");
        var query = new BacklogQuery(act == QueryAct.List && group is not null ? QueryAct.Count : act) { Where = where, Order = order, Limit = limit, GroupBy = group };
        return QueryCheck.Faults(query, words).FirstOrDefault() is { } fault ? new NoReading($"That cannot be looked up: {fault}.") : new AskedQuery(query);
    }

    private static (QueryAct Act, QueryField? Group) Act(Phrase phrase)
    {
        if (phrase.Take(Why) is not null)
            return (QueryAct.Why, null);
        if (phrase.Take(When) is not null)
        {
            phrase.Take(Done);
            return (QueryAct.When, null);
        }

        if (phrase.Take(WhoMost) is not null)
            return (QueryAct.Who, QueryField.Assignee);
        if (phrase.Take(Who) is not null)
            return (QueryAct.Who, null);
        if (phrase.Take(Count) is not null)
            return (QueryAct.Count, null);
        return (phrase.Take(Status) is not null ? QueryAct.Status : QueryAct.List, null);
    }

    private Reading Comparison(Phrase phrase)
    {
        if (NameRules.Several(phrase, words) is not var (field, names))
            return new NoReading("I can compare people, areas, milestones or types that this backlog has: 'compare ada and bob'.");
        if (phrase.Words() is { Count: > 0 } unread)
            return new NoReading($"I do not understand '{QueryCheck.Shown(unread[0])}' here: only names can be compared.");
        return new AskedQuery(new BacklogQuery(QueryAct.Compare) { GroupBy = field, Between = [.. names.Take(5)] });
    }

    /// <summary>What is theirs or nobody's, examined and free to start, first things first.</summary>
    private static BacklogQuery NextOf(string me) => new(QueryAct.List)
    {
        Where = [new(QueryField.Assignee, QueryOp.IsOrNone, me), new(QueryField.Mark, QueryOp.Not, "blocked"), new(QueryField.Rank, QueryOp.Any)],
        Order = new QueryOrder(OrderField.Rank, false),
        Limit = 3,
    };

    /// <summary>A bare name says nothing of what is wanted.</summary>
    private OpenReading? Alone(string said)
    {
        if (words.Find(said) is { } item)
            return new OpenReading($"What about {item.Item.Ref.Number}?", [$"what is item {item.Item.Ref.Number} about", $"why {item.Item.Ref.Number}", $"who could take {item.Item.Ref.Number}"]);
        return words.People.FirstOrDefault(p => Phrase.Plain(p) == said) is { } person
            ? new OpenReading($"What about {person}?", [$"items assigned to {person}", $"what is {person} working on", $"how many items has {person}"])
            : null;
    }

    private static OpenReading? People(List<Condition> where)
    {
        var people = where.Where(c => c is { Field: QueryField.Assignee, Op: QueryOp.Is }).Select(c => c.Value).Distinct().Take(5).ToList();
        return people.Count > 1
            ? new OpenReading("An item is looked for by one person at a time.", [$"compare {string.Join(" and ", people)}", .. people.Select(p => $"items assigned to {p}")])
            : null;
    }

    /// <summary>A word of the title, or an area that is called so: asked back where that makes a difference.</summary>
    private (Condition? Condition, OpenReading? Open) AboutOf(string about, Phrase phrase)
    {
        if (words.Find(about) is { } item)
            return (new Condition(QueryField.Item, QueryOp.Is, item.Item.Ref.Number), null);
        var text = new Condition(QueryField.Text, QueryOp.Is, about);
        if (!words.Areas.TryGetValue(about, out var area))
            return (text, null);
        var place = new Condition(QueryField.Area, QueryOp.Is, area);
        if (report.Items.All(r => QueryRun.Holds(place, r) == QueryRun.Holds(text, r)))
            return (place, null);
        var rest = phrase.Plainly();
        return (null, new OpenReading($"'{about}' is an area here, and a word of titles.", [$"{rest} in the area {about}", $"{rest} mentioning {about}"]));
    }

    private static OpenReading Meanings(string word, string rest) => word switch
    {
        "old" => new("What is old?", [$"{rest} older than 6 months", $"{rest} silent for more than 90 days"]),
        "new" or "recent" or "recently" => new("What is recent?", [$"{rest} created in the last 7 days", $"{rest} changed in the last 7 days"]),
        "late" or "overdue" or "delayed" => new("What is late?", [$"{rest} in progress, oldest first", $"{rest} silent for more than 30 days"]),
        "small" or "tiny" => new("What is small?", [$"{rest} with 2 points or less", $"{rest}, smallest first"]),
        "important" => new("What is important?", [$"{rest} with high priority", $"{rest}, highest score first"]),
        _ => new("What is large?", [$"{rest} with 8 points or more", $"{rest}, largest first"]),
    };

    private static QueryField FieldOf(string word) => word switch
    {
        "area" or "component" => QueryField.Area,
        "type" or "kind" => QueryField.Type,
        "priority" => QueryField.Priority,
        "milestone" or "sprint" => QueryField.Milestone,
        "state" or "statu" => QueryField.State,
        _ => QueryField.Assignee,
    };

    private string? Candidate(string number) =>
        words.Find(number) is { } item && report.People.Rows.FirstOrDefault(a => a.Item.Ref == item.Item.Ref)?.Candidates is [var first, ..] ? first.Name : null;
}
