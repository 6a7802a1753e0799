using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>What a kind of secret looks like.</summary>
/// <param name="Noun">With its article.</param>
/// <param name="Pattern">Bounded, so that a long text takes time in proportion. Its group <c>value</c>, where it has one, is the secret; else all of it is.</param>
internal sealed record SecretShape(string Noun, Regex Pattern)
{
    /// <summary>Says of what the pattern found whether it is one.</summary>
    public Func<string, bool> Holds { get; init; } = _ => true;

    /// <summary>True for what can be told from everything else by its form alone, so that it may be looked for in text that is put together.</summary>
    public bool IsUnmistakable { get; init; }

    /// <summary>Something else begins where this stands inside of what was found.</summary>
    public Regex? End { get; init; }

    public bool IsIn(string text) => Spans(text).Any();

    public IEnumerable<TextSpan> Spans(string text)
    {
        for (var match = Pattern.Match(text); match.Success; match = match.NextMatch())
        {
            var found = match.Groups["value"] is { Success: true } value ? value : match;
            if (Holds(found.Value))
                yield return new(found.Index, End?.Match(found.Value) is { Success: true } end ? end.Index : found.Length);
        }
    }
}
