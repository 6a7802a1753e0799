using System.Text.RegularExpressions;
using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Grooming;

/// <summary>
/// A draft without a language model: what the item says, put where a story has it, and a question where it says nothing. It makes up no word; so it is an
/// outline rather than a story for an item that says little, and never passes for more (<see cref="DraftGate"/>).
/// </summary>
public static partial class RuleDraft
{
    private const int LongestQuote = 200;

    /// <param name="body">The description as written.</param>
    public static StoryDraft Of(ClarityReport report, string title, string body, IReadOnlyList<ClarityQuestion> questions)
    {
        var text = PlainText.Of(body).All;
        var sections = Sections.Find(text).Where(s => s.IsFilled).ToLookup(s => s.Part);
        var story = Story().Match(text) is { Success: true } told ? told : Story().Match(title);
        var (expected, actual, environment) = (Of(ItemPart.Expected), Of(ItemPart.Actual), Of(ItemPart.Environment));
        var isBug = report.Kind == ItemKind.Bug;
        var (given, when) = (environment ?? "the situation of the report", Of(ItemPart.Steps) ?? "it is done as the item says");
        var criteria = new List<Criterion>();
        if (expected is not null)
            criteria.Add(new Criterion(given, when, expected));
        if (isBug && actual is not null && actual != expected)
            criteria.Add(new Criterion(given, when, $"this does not happen any more: {actual}"));
        if (!isBug)
            criteria.AddRange(Lines(sections[ItemPart.Done].FirstOrDefault()?.Text).Concat(Musts(text)).Distinct(StringComparer.OrdinalIgnoreCase).Select(line => new Criterion("the change is made", "someone looks", line)));
        return new StoryDraft(
            story.Success ? story.Groups["role"].Value.Trim() : isBug ? UserOf(environment) : "",
            story.Success && story.Groups["want"].Length > 0 ? Short(story.Groups["want"].Value) : Short(title),
            story.Success && story.Groups["benefit"].Length > 0 ? Short(story.Groups["benefit"].Value)
                : Of(ItemPart.Why) ?? (isBug && actual is not null ? $"this does not happen any more: {actual}" : ""),
            [.. criteria.Take(DraftGate.MostCriteria)],
            [.. questions.Select(q => q.Text)],
            [],
            [.. new[] { expected, Of(ItemPart.Steps), actual, Of(ItemPart.Why) }.Concat(Musts(text)).OfType<string>().Where(q => !q.EndsWith('…')).Distinct().Take(4)]);

        string? Of(ItemPart part) => sections[part].FirstOrDefault()?.Text is { } found ? Short(found)
            : report.Parts.FirstOrDefault(p => p.Part == part && p.Place is not null)?.Quote is { Length: > 0 } quote ? Short(quote) : null;
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n')
        .Select(l => ListMark().Replace(l, "").Trim()).Where(l => l.Length > 3).Select(Short);

    /// <summary>Sentences of the item that say what must be so.</summary>
    private static IEnumerable<string> Musts(string text) => Sentence().Split(text).Select(s => s.Trim()).Where(s => s.Length is > 15 and <= LongestQuote && Must().IsMatch(s));

    /// <summary>Who meets the fault: whoever uses what the report names. Empty where it names nothing.</summary>
    private static string UserOf(string? environment) => environment is not null && Product().Matches(environment) is [.., var last] ? $"user of {last.Value}" : "";

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestQuote ? line : line[..(char.IsHighSurrogate(line[LongestQuote - 2]) ? LongestQuote - 2 : LongestQuote - 1)] + "…";
    }

    [GeneratedRegex(@"\bas an? (?<role>[\w -]{2,40}?),? i (?:want|would like|need)(?: to)? (?<want>[^.\n]{4,200}?)(?:,? (?:so that|in order to|because) (?<benefit>[^.\n]{4,200}))?(?:[.\n]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Story();

    [GeneratedRegex(@"(?<=[.!?])\s+|\n+", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^(?!.*\?$).*\b(?:should|must|shall|needs? to|has to|have to)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Must();

    /// <summary>A name with a version: <c>Reader/4.2.1</c>, <c>Reader 4.2.1</c>.</summary>
    [GeneratedRegex(@"\b[A-Z][A-Za-z]+[/ ]v?\d+(?:\.\d+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Product();

    [GeneratedRegex(@"^\s*(?:[-*+•]|\d+[.)])\s*(?:\[[ xX]\]\s*)?")]
    private static partial Regex ListMark();
}
