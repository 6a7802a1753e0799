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
        var story = Story().Match(text);
        var expected = Of(ItemPart.Expected);
        var criteria = new List<Criterion>();
        if (expected is not null)
            criteria.Add(new Criterion(Of(ItemPart.Environment) ?? "the situation of the report", Of(ItemPart.Steps) ?? "it is done as the item says", expected));
        if (report.Kind != ItemKind.Bug)
            criteria.AddRange(Lines(sections[ItemPart.Done].FirstOrDefault()?.Text).Select(line => new Criterion("the change is made", "someone looks", line)));
        return new StoryDraft(
            story.Success ? story.Groups["role"].Value.Trim() : "",
            story.Success && story.Groups["want"].Length > 0 ? Short(story.Groups["want"].Value) : Short(title),
            story.Success && story.Groups["benefit"].Length > 0 ? Short(story.Groups["benefit"].Value) : Of(ItemPart.Why) ?? "",
            [.. criteria.Take(DraftGate.MostCriteria)],
            [.. questions.Select(q => q.Text)],
            [],
            [.. new[] { expected, Of(ItemPart.Steps), Of(ItemPart.Actual), Of(ItemPart.Why) }.OfType<string>().Distinct().Take(4)]);

        string? Of(ItemPart part) => sections[part].FirstOrDefault()?.Text is { } found ? Short(found)
            : report.Parts.FirstOrDefault(p => p.Part == part && p.Place is not null)?.Quote is { Length: > 0 } quote ? Short(quote) : null;
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n')
        .Select(l => ListMark().Replace(l, "").Trim()).Where(l => l.Length > 3).Select(Short);

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestQuote ? line : line[..(char.IsHighSurrogate(line[LongestQuote - 2]) ? LongestQuote - 2 : LongestQuote - 1)] + "…";
    }

    [GeneratedRegex(@"\bas an? (?<role>[\w -]{2,40}?),? i (?:want|would like|need)(?: to)? (?<want>[^.\n]{4,200}?)(?:,? (?:so that|in order to|because) (?<benefit>[^.\n]{4,200}))?(?:[.\n]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Story();

    [GeneratedRegex(@"^\s*(?:[-*+•]|\d+[.)])\s*(?:\[[ xX]\]\s*)?")]
    private static partial Regex ListMark();
}
