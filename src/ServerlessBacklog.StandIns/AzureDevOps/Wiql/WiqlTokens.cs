using System.Text.RegularExpressions;

namespace ServerlessBacklog.StandIns.AzureDevOps.Wiql;

internal enum TokenKind
{
    Word,
    Field,
    Text,
    Number,
    Macro,
    Sign,
    End,
}

internal sealed record Token(TokenKind Kind, string Text)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Sign && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The words of a query.</summary>
internal static partial class WiqlTokens
{
    /// <exception cref="WiqlException">There is a character that means nothing.</exception>
    public static List<Token> Read(string query)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < query.Length;)
        {
            var match = Pattern().Match(query, at);
            if (!match.Success || match.Index != at)
                throw new WiqlException($"TF51006: The query statement is missing a clause or holds a character that is not expected. The error is near «{query[at]}».");
            at += match.Length;
            if (Of(match) is { } token)
                tokens.Add(token);
        }

        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private static Token? Of(Match match) =>
        match.Groups["field"] is { Success: true } field ? new Token(TokenKind.Field, field.Value)
        : match.Groups["text"] is { Success: true } text ? new Token(TokenKind.Text, text.Value.Replace("''", "'"))
        : match.Groups["double"] is { Success: true } other ? new Token(TokenKind.Text, other.Value)
        : match.Groups["number"] is { Success: true } number ? new Token(TokenKind.Number, number.Value)
        : match.Groups["macro"] is { Success: true } macro ? new Token(TokenKind.Macro, macro.Value)
        : match.Groups["word"] is { Success: true } word ? new Token(TokenKind.Word, word.Value)
        : match.Groups["sign"] is { Success: true } sign ? new Token(TokenKind.Sign, sign.Value)
        : null;

    [GeneratedRegex("""\s+|\[(?<field>[^\]]+)\]|'(?<text>(?:[^']|'')*)'|"(?<double>[^"]*)"|(?<number>-?\d+(?:\.\d+)?)|(?<macro>@\w+)|(?<sign><>|<=|>=|[=<>(),+\-])|(?<word>[A-Za-z_][\w.]*)""")]
    private static partial Regex Pattern();
}

/// <summary>The query cannot be understood, or may not be asked.</summary>
#pragma warning disable CA1032, CA1064 // It never leaves this assembly.
internal sealed class WiqlException(string message) : Exception(message);
#pragma warning restore CA1032, CA1064
