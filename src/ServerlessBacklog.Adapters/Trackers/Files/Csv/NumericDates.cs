using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Adapters.Trackers.Files.Csv;

/// <summary>
/// Reads dates such as <c>2/1/2024 3:04:05 PM</c>. Whether day or month comes first is proven by any part above 12 in any date of the
/// file. Without proof, dates with slashes are read month first and all others day first.
/// </summary>
internal sealed partial class NumericDates
{
    private bool seenDayFirst;
    private bool seenMonthFirst;

    /// <summary>A date of the file that could be read both ways; null when there is none.</summary>
    public string? Ambiguous { get; private set; }

    public bool IsProven => seenDayFirst != seenMonthFirst;

    /// <summary>True when some dates put the day first and others the month: then none that could be both is read.</summary>
    public bool IsContradictory => seenDayFirst && seenMonthFirst;

    public void Observe(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            return;
        var (first, second) = Parts(match);
        seenDayFirst |= first is > 12 and <= 31;
        seenMonthFirst |= second is > 12 and <= 31;
        if (first <= 12 && second <= 12 && first != second)
            Ambiguous ??= text;
    }

    /// <summary>Null when the text is no such date, or cannot be told from another day.</summary>
    public DateTimeOffset? Read(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            return null;
        var (first, second) = Parts(match);
        var isDayFirst = first > 12 || (second <= 12 && IsDayFirst(match.Groups["separator"].Value));
        if (IsContradictory && first <= 12 && second <= 12 && first != second)
            return null;
        var (day, month) = isDayFirst ? (first, second) : (second, first);
        var year = int.Parse(match.Groups["year"].ValueSpan);
        year = match.Groups["year"].Length == 2 ? CultureInfo.InvariantCulture.Calendar.ToFourDigitYear(year) : year;
        if (month is < 1 or > 12 || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var time = match.Groups["time"];
        if (!time.Success)
            return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return TimeOnly.TryParse(time.ValueSpan, CultureInfo.InvariantCulture, out var at)
            ? new DateTimeOffset(new DateOnly(year, month, day), at, TimeSpan.Zero)
            : null;
    }

    private bool IsDayFirst(string separator) => IsProven ? seenDayFirst : separator != "/";

    private static (int First, int Second) Parts(Match match) =>
        (int.Parse(match.Groups["first"].ValueSpan), int.Parse(match.Groups["second"].ValueSpan));

    [GeneratedRegex(@"^\s*(?<first>[0-9]{1,2})(?<separator>[/.\-])(?<second>[0-9]{1,2})\k<separator>(?<year>[0-9]{4}|[0-9]{2})(?:,?[ T]+(?<time>[0-9].*?))?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
