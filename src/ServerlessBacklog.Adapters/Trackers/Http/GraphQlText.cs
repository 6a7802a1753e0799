using System.Text.Json;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>Tells a GraphQL request that changes something from one that asks.</summary>
internal static class GraphQlText
{
    /// <param name="body">The body of a GraphQL request.</param>
    /// <returns>True for a mutation, and for whatever cannot be read.</returns>
    public static bool MayChange(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("query", out var query)
                || query.ValueKind != JsonValueKind.String
                || HasMutation(query.GetString());
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>Whether the answer says that the request was turned away for its rate.</summary>
    public static bool IsRateLimited(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Array
                && errors.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Object
                    && e.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                    && type.ValueEquals("RATE_LIMITED"));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the word stands outside of braces, texts and comments.</summary>
    private static bool HasMutation(ReadOnlySpan<char> query)
    {
        for (var depth = 0; !query.IsEmpty;)
        {
            var length = query[0] switch
            {
                '#' => LengthTo(query, "\n", 1),
                '"' when query.StartsWith("\"\"\"") => TextLength(query, "\"\"\""),
                '"' => TextLength(query, "\""),
                _ when IsNamePart(query[0]) => query.IndexOfAnyExcept(NameParts) is > 0 and var end ? end : query.Length,
                _ => 1,
            };
            depth += query[0] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth <= 0 && query[..length].SequenceEqual("mutation"))
                return true;
            query = query[length..];
        }

        return false;
    }

    private static readonly System.Buffers.SearchValues<char> NameParts =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static int TextLength(ReadOnlySpan<char> query, string quote)
    {
        for (var from = quote.Length; ;)
        {
            var end = LengthTo(query, quote, from);
            if (end == query.Length || !IsEscaped(query, end - quote.Length))
                return end;
            from = end;
        }
    }

    private static bool IsEscaped(ReadOnlySpan<char> query, int at)
    {
        var backslashes = 0;
        while (at - backslashes > 0 && query[at - backslashes - 1] == '\\')
            backslashes++;
        return backslashes % 2 == 1;
    }

    private static int LengthTo(ReadOnlySpan<char> query, string end, int from) =>
        query[from..].IndexOf(end) is >= 0 and var at ? from + at + end.Length : query.Length;
}
