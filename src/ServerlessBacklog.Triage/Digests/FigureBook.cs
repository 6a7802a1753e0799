using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Digests;

/// <summary>Writes numbers for texts and remembers each with the query that it comes from: what it did not write is in no digest.</summary>
internal sealed partial class FigureBook
{
    private readonly Dictionary<(string Query, string Text), DigestFigure> figures = [];

    public FigureBook(DateTimeOffset asOf) => Date("asOf", "Moment of the data", asOf);

    public IReadOnlyList<DigestFigure> All => [.. figures.Values];

    public DigestFigure Figure(string query, string label, double value, string text) =>
        figures.TryGetValue((query, text), out var known) ? known with { Label = label } : figures[(query, text)] = new DigestFigure(query, label, value, text);

    public string Count(string query, string label, double value) => Figure(query, label, value, $"{value:N0}").Text;

    /// <summary><c>1 item</c>, <c>1,204 items</c>.</summary>
    public string Count(string query, double value, string one, string many) => $"{Count(query, many, value)} {(value == 1 ? one : many)}";

    /// <summary>At most one decimal.</summary>
    public string Number(string query, string label, double value) => Figure(query, label, value, $"{value:#,0.#}").Text;

    /// <param name="share">0 … 1.</param>
    public string Percent(string query, string label, double share) => Figure(query, label, share, $"{share * 100:0} %").Text;

    public string Days(string query, string label, double days) => Figure(query, label, days, Math.Round(days) == 1 ? "1 day" : $"{days:N0} days").Text;

    /// <summary>The value is the day's number since 1 January 1970.</summary>
    public string Day(string query, string label, DateOnly day) => Figure(query, label, day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber, $"{day:d MMM yyyy}").Text;

    /// <summary>Without its year, where others stand beside it.</summary>
    public string ShortDay(string query, string label, DateOnly day) => Figure(query, label, day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber, $"{day:d MMM}").Text;

    public string Date(string query, string label, DateTimeOffset at)
    {
        Figure(query, label, at.ToUnixTimeSeconds(), $"{at.UtcDateTime:d MMM yyyy, HH:mm}");
        return Day(query, label, DateOnly.FromDateTime(at.UtcDateTime));
    }

    /// <summary>A sentence that stands in the model as it is, with the numbers in it.</summary>
    public string Quote(string query, string sentence)
    {
        foreach (Match number in Numbers().Matches(sentence))
        {
            var text = number.Value;
            if (double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
                Figure(query, "As the model says it", value, text);
            else
                Figure(query, "As the model says it", 0, text);
        }

        return sentence;
    }

    /// <summary><c>12 more</c>, <c>3 fewer</c>, <c>as many</c>; null where nothing earlier is known.</summary>
    public string? Change(string query, double now, DigestPast? past, string more = "more", string fewer = "fewer", string same = "as many")
    {
        if (past?.Values.TryGetValue(query, out var before) != true)
            return null;
        var change = Math.Round(now - before, 1);
        return change == 0 ? same : $"{Number($"{query}.change", "Change since the last digest", Math.Abs(change))} {(change > 0 ? more : fewer)}";
    }

    [GeneratedRegex(@"[0-9]+(?:[.,][0-9]+)*")]
    private static partial Regex Numbers();
}
