using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Questions;

/// <summary>Parts from which the patterns of the grammar are made.</summary>
internal static class Rules
{
    public const string Count = @"(?<n>\d{1,5}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|(?:a )?couple of)";
    public const string Unit = @"(?<unit>day|week|month|year)s?";
    public const string More = @"(?:(?<cmp>more than|longer than|over|at least|less than|under|at most|up to|about) )?";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A pattern of whole words.</summary>
    public static Regex Of(string pattern) => new($@"(?<![\w#])(?:{pattern})(?![\w-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);

    /// <summary>So many days as a count of units has.</summary>
    public static int? Days(Match match) => Phrase.Number(match.Groups["n"].Value) is { } count
        ? (int)Math.Round(count * (match.Groups["unit"].Value switch { "week" => 7, "month" => 365.25 / 12, "year" => 365.25, _ => 1.0 }), MidpointRounding.AwayFromZero)
        : null;

    public static QueryOp Op(Match match, QueryOp otherwise) => match.Groups["cmp"].Value switch
    {
        "more than" or "longer than" or "over" or "larger than" or "bigger than" or ">" => QueryOp.Above,
        "at least" or ">=" => QueryOp.AtLeast,
        "less than" or "under" or "smaller than" or "<" => QueryOp.Below,
        "at most" or "up to" or "<=" => QueryOp.AtMost,
        _ => otherwise,
    };
}
