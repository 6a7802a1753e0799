using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>Parts a comment into what it states and what it asks: a question about the version is no answer about the version.</summary>
public static partial class Statements
{
    /// <summary>The comment without sentences that ask or request.</summary>
    public static string Of(string comment) => Request().Replace(comment, " ");

    /// <summary>Only the sentences that ask or request.</summary>
    public static string QuestionsIn(string comment) => string.Join('\n', Request().Matches(comment).Select(m => m.Value));

    [GeneratedRegex(@"[^.!?\n]*(?:\?|\b(?:please|pls|could you|can you|would you|let us know|tell us)\b[^.!?\n]*[.!?]?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Request();
}
