using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>Values as people read them.</summary>
internal static partial class Show
{
    public static string Number(WorkItemRef item) => char.IsAsciiDigit(item.Number[0]) ? $"#{item.Number}" : item.Number;

    public static string Percent(double share) => share is > 0.995 and < 1 ? "99%" : share is > 0 and < 0.005 ? "under 1%" : $"{share * 100:0}%";

    /// <summary>Whole numbers as they are, others with two decimals below 10 and one below 100, so that rows align without false precision.</summary>
    public static string Score(double value) => double.IsInteger(value) || Math.Abs(value) >= 100 ? $"{value:N0}" : Math.Abs(value) >= 10 ? $"{value:0.0}" : $"{value:0.00}";

    public static string Days(double? days) => days switch
    {
        null => "unknown",
        < 1 => "today",
        < 90 => $"{days:0} d",
        < 730 => $"{days / 30.44:0} mo",
        _ => $"{days / 365.25:0.#} y",
    };

    public static string Date(DateTimeOffset? at) => at is { } time ? $"{time.UtcDateTime:d MMM yyyy}" : "unknown";

    public static string Plural(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    public static string Plural(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Cuts a sentence into plain text and numbers, so that a page can set the numbers apart.</summary>
    public static IEnumerable<(string Text, bool IsNumber)> Parts(string sentence)
    {
        var at = 0;
        foreach (Match number in Numbers().Matches(sentence))
        {
            if (number.Index > at)
                yield return (sentence[at..number.Index], false);
            yield return (number.Value, true);
            at = number.Index + number.Length;
        }

        if (at < sentence.Length)
            yield return (sentence[at..], false);
    }

    [GeneratedRegex(@"\d[\d,]*(?<!,)")]
    private static partial Regex Numbers();
}
