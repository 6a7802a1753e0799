namespace ServerlessBacklog.Triage.Models;

/// <summary>Whether words that an answer quotes really stand in a text: letter by letter, runs of blanks counting as one.</summary>
public static class Quotes
{
    /// <summary>Shorter quotes prove nothing.</summary>
    private const int Shortest = 4;

    /// <summary>Longer ones repeat the item instead of pointing into it.</summary>
    public const int Longest = 300;

    public static bool Holds(string quote, IEnumerable<string> texts)
    {
        var wanted = Plain(quote);
        return wanted.Length is >= Shortest and <= Longest && texts.Any(t => Plain(t).Contains(wanted, StringComparison.Ordinal));
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
