using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Windows of time in questions: <c>last week</c>, <c>in May</c>, <c>the last 7 days</c>. Weeks begin on Monday; days are those of UTC. Pure.</summary>
internal static class TimeRules
{
    private const string Months = "january|february|march|april|may|june|july|august|september|october|november|december";

    private static readonly Regex Window = Rules.Of(
        @"(?:(?:in|during|within|over|for|since|on|from|of) )?(?:the )?(?:"
        + @"(?<day>today|yesterday)"
        + $@"|(?<rel>this|last|past|previous) (?:{Rules.Count} )?(?<unit>day|week|month|quarter|year)s?"
        + @"|(?<from>\d{4}-\d\d-\d\d)(?: (?:to|until|till|and|through) (?<to>\d{4}-\d\d-\d\d))?"
        + $@"|(?<=(?:in|since|during|of|from) )(?<month>{Months})(?: (?<year>\d{{4}}))?)");

    private static readonly Regex Created = Rules.Of("(?:(?:was|were|been|are|is|have|has|got) )*(?:created|opened|filed|reported|raised|submitted|added|arrived|came in|come in|arrivals|new)");

    private static readonly Regex Closed = Rules.Of("(?:(?:was|were|been|got|did|have|has|we) )*(?:closed|finished|done|completed|resolved|fixed|shipped|delivered|solved|close|finish|complete|resolve|ship|deliver)");

    /// <summary>Takes the window out, and what happened in it. Without a word for that, both readings are told.</summary>
    public static OpenReading? Read(Phrase phrase, DateOnly today, List<Condition> where)
    {
        var whole = phrase.Left;
        if (phrase.Take(Window) is not { } match)
        {
            if (phrase.Take(Closed) is not null)
                where.Add(new Condition(QueryField.State, QueryOp.Is, "closed"));
            return null;
        }

        var (from, until) = Of(match, today);
        var (created, closed) = (phrase.Take(Created) is not null, phrase.Take(Closed) is not null);
        if (created == closed)
            return new OpenReading("What happened then?", [.. new[] { "created", "closed" }.Select(verb => $"what was {verb} {match.Value.Trim()}")]);
        var field = created ? QueryField.Created : QueryField.Closed;
        where.Add(new Condition(field, QueryOp.AtLeast, Text(from)));
        if (until <= today)
            where.Add(new Condition(field, QueryOp.Below, Text(until)));
        return null;
    }

    /// <summary>From the first day to the day after the last.</summary>
    private static (DateOnly From, DateOnly Until) Of(Match match, DateOnly today)
    {
        if (match.Groups["day"].Success)
            return match.Groups["day"].Value == "today" ? (today, today.AddDays(1)) : (today.AddDays(-1), today);
        if (match.Groups["from"].Success && QueryCheck.Day(match.Groups["from"].Value) is { } from)
            return (from, QueryCheck.Day(match.Groups["to"].Value)?.AddDays(1) ?? (match.Value.StartsWith("on ", StringComparison.Ordinal) ? from.AddDays(1) : today.AddDays(1)));
        if (match.Groups["month"].Success)
            return Month(match, today);
        var unit = match.Groups["unit"].Value;
        if (match.Groups["n"].Success && Phrase.Number(match.Groups["n"].Value) is { } count)
            return (unit == "quarter" ? today.AddMonths(-3 * count) : today.AddDays(-(Rules.Days(match) ?? count)), today.AddDays(1));
        var start = unit switch
        {
            "day" => today,
            "week" => today.AddDays(-(((int)today.DayOfWeek + 6) % 7)),
            "month" => new DateOnly(today.Year, today.Month, 1),
            "quarter" => new DateOnly(today.Year, (today.Month - 1) / 3 * 3 + 1, 1),
            _ => new DateOnly(today.Year, 1, 1),
        };
        if (match.Groups["rel"].Value == "this")
            return (start, today.AddDays(1));
        return (unit switch
        {
            "day" => start.AddDays(-1),
            "week" => start.AddDays(-7),
            "month" => start.AddMonths(-1),
            "quarter" => start.AddMonths(-3),
            _ => start.AddYears(-1),
        }, start);
    }

    /// <summary>The latest one of that name that has begun, where no year is named.</summary>
    private static (DateOnly From, DateOnly Until) Month(Match match, DateOnly today)
    {
        var month = Array.IndexOf(Months.Split('|'), match.Groups["month"].Value) + 1;
        var year = match.Groups["year"].Success ? int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) : month <= today.Month ? today.Year : today.Year - 1;
        var from = new DateOnly(Math.Clamp(year, 1970, 2100), month, 1);
        return (from, match.Value.StartsWith("since", StringComparison.Ordinal) ? today.AddDays(1) : from.AddMonths(1));
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
