using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Conditions, orders and limits in questions, but for names and times. Pure.</summary>
internal static class FilterRules
{
    private const string Silent =
        @"(?:(?:silent|quiet|untouched|idle|dormant|inactive|(?:with )?no (?:activity|comments?|repl(?:y|ies)|news|updates?|movement)|without (?:any )?(?:activity|comments?|updates?|news|repl(?:y|ies)))"
        + @"|(?:(?:that |which )?(?:nobody|no one) (?:has |have )?|(?:has |have |had |was |were |is |are )?not (?:been )?)(?:touched|updated|changed|commented on|commented|looked at|moved))";

    private static readonly (Regex Form, Func<Match, Condition?> Means)[] All =
    [
        (Rules.Of($@"{Silent}(?: (?:for|in|since))?(?: (?:the )?(?:last|past))? {Rules.More}{Rules.Count} {Rules.Unit}"), m => Days(QueryField.Silence, m, QueryOp.AtLeast)),
        (Rules.Of($@"(?:changed|updated|touched|active|moved|commented on) (?:in|within|during) (?:the )?(?:last|past) {Rules.Count} {Rules.Unit}"), m => Days(QueryField.Silence, m, QueryOp.AtMost)),
        (Rules.Of($@"older than {Rules.Count} {Rules.Unit}"), m => Days(QueryField.Age, m, QueryOp.Above)),
        (Rules.Of($@"(?:younger|newer) than {Rules.Count} {Rules.Unit}"), m => Days(QueryField.Age, m, QueryOp.Below)),
        (Rules.Of($@"{Rules.More}{Rules.Count} {Rules.Unit} old"), m => Days(QueryField.Age, m, QueryOp.AtLeast)),
        (Rules.Of($@"(?:open|there|around|waiting) (?:for|since) {Rules.More}{Rules.Count} {Rules.Unit}"), m => Days(QueryField.Age, m, QueryOp.AtLeast)),
        (Rules.Of(@"(?:without (?:an? |any )?|no |missing (?:an? )?)(?:story )?(?:estimates?|points|size)|unestimated|not estimated|unsized"), _ => new Condition(QueryField.Points, QueryOp.None)),
        (Rules.Of(@"with (?:an )?estimates?|estimated"), _ => new Condition(QueryField.Points, QueryOp.Any)),
        (Rules.Of(@"(?:with |of )?(?:(?<cmp>more than|over|at least|larger than|bigger than|less than|under|at most|smaller than|up to|>=|<=|>|<) ?)?(?<n>\d{1,4}) (?:story )?(?:points?|pts)(?<or> or (?:more|less|fewer))?"), Points),
        (Rules.Of(@"(?:without (?:a )?|no )(?:priority|prio)|unprioriti[sz]ed|not prioriti[sz]ed"), _ => new Condition(QueryField.Priority, QueryOp.None)),
        (Rules.Of(@"(?:with |of |at |a )?(?:priority |prio )?(?<at>at least |above |below )?p(?<p>[0-5])s?(?<or> (?:or|and) (?:higher|above|up|more urgent|lower|below|less urgent))?"), Priority),
        (Rules.Of(@"(?:with )?(?:a )?(?<level>highest|high|medium|normal|low|lowest|critical)[ -](?:priority|prio)|(?:priority|prio) (?:is )?(?<level>highest|high|medium|normal|low|lowest|critical)|(?<level>urgent)"), Level),
        (Rules.Of(@"(?:is |are )?(?:not |un)(?:yet )?assigned(?: to (?:anyone|anybody|somebody))?|(?:with |has |have )?no (?:assignee|owner|one)(?: assigned)?|without (?:an? )?(?:assignee|owner)|unowned|(?:assigned to )?(?:nobody|no one)(?: (?:has taken|has|works on|working on|owns|took))?"),
            _ => new Condition(QueryField.Assignee, QueryOp.None)),
        (Rules.Of(@"(?:is |are )?(?:not (?:being )?|un)blocked|free to start|(?:that )?can (?:be )?start(?:ed)?"), _ => new Condition(QueryField.Mark, QueryOp.Not, "blocked")),
        (Rules.Of(@"blocking(?: (?:others?|other work|other items|something|work))?|blocks?(?: (?:the )?(?:others?|other work|other items|something|work|most))?|blockers?|holds? up (?:other work|others?)"), _ => new Condition(QueryField.Mark, QueryOp.Is, "blocking")),
        (Rules.Of(@"(?:is |are )?(?:blocked|stuck|held up|waiting (?:for|on) (?:others?|other work|other items|another|something))"), _ => new Condition(QueryField.Mark, QueryOp.Is, "blocked")),
        (Rules.Of(@"(?:possible |likely |potential )?(?:duplicates?|dupes|duplicated|repeats|repeated|repetitions?)(?: of (?:others?|another))?"), _ => new Condition(QueryField.Mark, QueryOp.Is, "duplicate")),
        (Rules.Of(@"(?:too )?(?:vague|unclear)(?: to start(?: on)?)?|not clear(?: enough)?"), _ => new Condition(QueryField.Mark, QueryOp.Is, "vague")),
        (Rules.Of(@"(?:(?:can|could|should|to) be |worth |candidates? (?:for|to) )?(?:archived?|archiving|archive candidates?)"), _ => new Condition(QueryField.Mark, QueryOp.Is, "archive")),
        (Rules.Of("stale"), _ => new Condition(QueryField.Mark, QueryOp.Is, "stale")),
        (Rules.Of(@"(?:is |are )?(?:in progress|started|under ?way|being worked on|wip|in flight|worked on)"), _ => new Condition(QueryField.State, QueryOp.Is, "started")),
        (Rules.Of(@"not (?:yet )?(?:begun|started)|unstarted|to ?do"), _ => new Condition(QueryField.State, QueryOp.Is, "waiting")),
        (Rules.Of(@"(?:is |are )?(?:still )?(?:open|left|remaining|outstanding|unfinished|to go)"), _ => new Condition(QueryField.State, QueryOp.Is, "open")),
    ];

    /// <summary>"not started" before "started".</summary>
    private static readonly Regex NotStarted = Rules.Of(@"(?:is |are )?not (?:yet )?(?:begun|started|in progress)|unstarted|to ?do");

    private static readonly (Regex Form, QueryOrder By)[] Orders =
    [
        (Rules.Of(@"oldest(?: ones?)?(?: first)?|by age|longest open(?: first)?"), new(OrderField.Age, true)),
        (Rules.Of(@"(?:newest|latest|youngest|most recent)(?: ones?)?(?: first)?"), new(OrderField.Age, false)),
        (Rules.Of(@"(?:largest|biggest)(?: ones?)?(?: first)?|most points(?: first)?"), new(OrderField.Points, true)),
        (Rules.Of(@"smallest(?: ones?)?(?: first)?|fewest points(?: first)?"), new(OrderField.Points, false)),
        (Rules.Of(@"(?:longest|most) (?:silent|quiet|untouched|idle)(?: first)?|quietest(?: first)?|by silence"), new(OrderField.Silence, true)),
        (Rules.Of(@"most urgent(?: first)?|by urgency"), new(OrderField.Priority, false)),
        (Rules.Of(@"(?:the )?(?:most important|most valuable|highest priority|highest score|highest ranked)(?: first)?|by (?:priority|rank|score|importance)|do first|top"), new(OrderField.Rank, false)),
    ];

    private static readonly Regex Sorted = Rules.Of(@"(?:order(?:ed)?|sort(?:ed)?|rank(?:ed)?)(?= by)|by (?:points|size|estimate)|first");

    private static readonly Regex Limit = Rules.Of(
        $@"(?<top>top) {Rules.Count}|(?:the )?(?:first )?(?<n>\d{{1,5}}|two|three|four|five|six|seven|eight|nine|ten|twelve)(?= (?:\w+ )?(?:oldest|newest|latest|youngest|largest|biggest|smallest|longest|quietest|most|top|items?|bugs?|issues?|tasks?|tickets?|features?|stories|open|blocked|stale|unassigned))");

    public static void Read(Phrase phrase, List<Condition> where)
    {
        if (phrase.Take(NotStarted) is not null)
            where.Add(new Condition(QueryField.State, QueryOp.Is, "waiting"));
        foreach (var (form, means) in All)
        {
            while (phrase.Take(form) is { } match)
            {
                if (means(match) is { } condition && !where.Contains(condition) && !(condition is { Field: QueryField.State, Value: "open" } && where.Exists(c => c.Field == QueryField.State)))
                    where.Add(condition);
            }
        }
    }

    /// <summary>How many; <c>top 3</c> also says in which order.</summary>
    public static (int? Limit, bool IsTop) ReadLimit(Phrase phrase) =>
        phrase.Take(Limit) is { } match ? (Phrase.Number(match.Groups["n"].Value), match.Groups["top"].Success) : (null, false);

    public static QueryOrder? ReadOrder(Phrase phrase)
    {
        QueryOrder? order = null;
        foreach (var (form, by) in Orders)
        {
            if (phrase.Take(form) is not null)
                order ??= by;
        }

        while (phrase.Take(Sorted) is { } sorted)
            order ??= sorted.Value.StartsWith("by ", StringComparison.Ordinal) ? new QueryOrder(OrderField.Points, true) : null;
        return order;
    }

    private static Condition? Days(QueryField field, Match match, QueryOp otherwise) =>
        Rules.Days(match) is { } days ? new Condition(field, Rules.Op(match, otherwise), $"{days}") : null;

    private static Condition Points(Match match) => new(QueryField.Points, match.Groups["or"].Value switch
    {
        " or more" => QueryOp.AtLeast,
        " or less" or " or fewer" => QueryOp.AtMost,
        _ => Rules.Op(match, QueryOp.Is),
    }, match.Groups["n"].Value);

    private static Condition Priority(Match match)
    {
        var value = QueryWords.Urgency($"p{match.Groups["p"].Value}")!;
        var (at, or) = (match.Groups["at"].Value.Trim(), match.Groups["or"].Value);
        return at.Length == 0 && or.Length == 0 ? new Condition(QueryField.Priority, QueryOp.Is, value)
            : at == "above" ? new Condition(QueryField.Priority, QueryOp.Above, value)
            : at == "below" ? new Condition(QueryField.Priority, QueryOp.Below, value)
            : new Condition(QueryField.Priority, or.EndsWith("lower", StringComparison.Ordinal) || or.EndsWith("below", StringComparison.Ordinal) || or.EndsWith("less urgent", StringComparison.Ordinal) ? QueryOp.AtMost : QueryOp.AtLeast, value);
    }

    /// <summary>What is called high includes what is higher; likewise downwards.</summary>
    private static Condition Level(Match match)
    {
        var urgency = Urgency.FromPriority(match.Groups["level"].Value) ?? Urgency.Highest;
        return new Condition(QueryField.Priority, urgency == 3 ? QueryOp.Is : urgency < 3 ? QueryOp.AtLeast : QueryOp.AtMost, $"{urgency}");
    }
}
