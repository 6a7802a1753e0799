namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// Finds names as whole words, whatever their case, the longest first. Looked up by the first word of a name, so that thousands of names cost
/// no more than one.
/// </summary>
internal sealed class NameFinder
{
    private readonly Dictionary<string, List<string>> byFirstWord = new(StringComparer.OrdinalIgnoreCase);

    public NameFinder(IEnumerable<string> names)
    {
        foreach (var name in names.Select(n => n.Trim().TrimStart('@')).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var first = name[..WordEnd(name, 0)];
            if (!byFirstWord.TryGetValue(first, out var same))
                byFirstWord[first] = same = [];
            same.Add(name);
        }

        foreach (var same in byFirstWord.Values)
            same.Sort((a, b) => b.Length.CompareTo(a.Length));
    }

    public IEnumerable<TextSpan> Spans(string text)
    {
        if (byFirstWord.Count == 0)
            yield break;
        var lookup = byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < text.Length;)
        {
            var end = WordEnd(text, at);
            if (lookup.TryGetValue(text.AsSpan(at, end - at), out var names) && names.Find(n => StandsAt(text, at, n)) is { } name)
                end = at + name.Length;
            else
                name = null;
            if (name is not null)
                yield return new(at, name.Length);
            at = end;
        }
    }

    /// <summary>A single letter is a name only where somebody is called by it.</summary>
    private static bool StandsAt(string text, int at, string name) =>
        string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at + name.Length == text.Length || !IsWord(text[at + name.Length]) || !IsWord(name[^1]))
        && (name.Length > 1 || (at > 0 && text[at - 1] == '@'));

    /// <summary>The end of the word that begins here; one character where none does.</summary>
    private static int WordEnd(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsWord(text[end]))
            end++;
        return Math.Max(end, at + 1);
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
