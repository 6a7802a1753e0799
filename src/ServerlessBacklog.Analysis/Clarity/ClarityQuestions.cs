using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>One question to the reporter about one missing part.</summary>
public sealed record ClarityQuestion(ItemPart Part, string Text);

/// <summary>Words the questions: at most three, the weightiest parts first, never one that somebody has asked already.</summary>
public static partial class ClarityQuestions
{
    public const int Most = 3;

    /// <param name="comments">Every comment, those of bots too: a question that stands in the thread is not repeated.</param>
    public static IReadOnlyList<ClarityQuestion> For(ClarityReport report, string title, IReadOnlyList<string> comments)
    {
        var asked = string.Join('\n', comments.Select(Statements.QuestionsIn));
        return
        [
            .. report.Missing
                .Where(p => p.Part != ItemPart.Description || report.Missing.Count() == 1)
                .OrderByDescending(p => p.Weight * (1 - p.Filled))
                .Where(p => !AlreadyAsked(p.Part, asked))
                .Take(Most)
                .Select(p => new ClarityQuestion(p.Part, Word(p, report, Short(title)))),
        ];
    }

    private static string Word(FoundPart part, ClarityReport report, string title) => part.Part switch
    {
        ItemPart.Title => $"The title \"{title}\" could fit many items. Which words would tell this one from the others?",
        ItemPart.Steps => $"What did you do, step by step, to see \"{title}\"?",
        ItemPart.Actual => $"What exactly happens in \"{title}\"? An error text, a log or a screenshot helps.",
        ItemPart.Expected when Found(report, ItemPart.Actual) is { } actual => $"You write \"{actual}\". What should happen instead?",
        ItemPart.Expected => $"What should happen instead of \"{title}\"?",
        ItemPart.Environment => $"Which version, on which system, shows \"{title}\"?",
        ItemPart.Where when report.Kind == ItemKind.Bug => $"Where does \"{title}\" show: which page, file, test or address?",
        ItemPart.Where => $"Which page, file or module is \"{title}\" about?",
        ItemPart.Wording when part.Quote is { } quote => $"You write \"{quote}\". What exactly is meant? An example or a number helps.",
        ItemPart.Wording => $"What exactly is meant by \"{title}\"? By which example or number would one see the difference?",
        ItemPart.Why when report.Kind == ItemKind.Feature => $"Who needs \"{title}\", and what can they not do today?",
        ItemPart.Why => $"What is the reason for \"{title}\"?",
        ItemPart.Done => $"How would one check that \"{title}\" is done?",
        _ => $"Could you describe \"{title}\" in two or three sentences: what is there now, and what should change?",
    };

    private static string? Found(ClarityReport report, ItemPart part) =>
        report.Parts.FirstOrDefault(p => p.Part == part && p.Place is not null)?.Quote is { } quote ? Short(quote) : null;

    private static bool AlreadyAsked(ItemPart part, string asked) => part switch
    {
        ItemPart.Steps => AsksSteps().IsMatch(asked),
        ItemPart.Actual => AsksActual().IsMatch(asked),
        ItemPart.Expected => AsksExpected().IsMatch(asked),
        ItemPart.Environment => AsksEnvironment().IsMatch(asked),
        ItemPart.Where => AsksWhere().IsMatch(asked),
        ItemPart.Why => AsksWhy().IsMatch(asked),
        ItemPart.Done => AsksDone().IsMatch(asked),
        ItemPart.Description or ItemPart.What or ItemPart.Wording => AsksMore().IsMatch(asked),
        _ => false,
    };

    private static string Short(string text) => text.Length <= 80 ? text : text[..79] + "…";

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:steps?|reproduc\w*|repro|test ?case|example)\b", Plain)]
    private static partial Regex AsksSteps();

    [GeneratedRegex(@"\b(?:what (?:exactly )?happens|error|log|stack ?trace|screenshot)\b", Plain)]
    private static partial Regex AsksActual();

    [GeneratedRegex(@"\b(?:expect\w*|should happen)\b", Plain)]
    private static partial Regex AsksExpected();

    [GeneratedRegex(@"\b(?:versions?|platform|operating system|os|environment|browser)\b", Plain)]
    private static partial Regex AsksEnvironment();

    [GeneratedRegex(@"\b(?:where|which (?:\w+ )?(?:page|file|module|site|url|link|test|dialog)s?)\b", Plain)]
    private static partial Regex AsksWhere();

    [GeneratedRegex(@"\b(?:why|use case|motivation|reason|who needs)\b", Plain)]
    private static partial Regex AsksWhy();

    [GeneratedRegex(@"\b(?:acceptance|done|criteria)\b", Plain)]
    private static partial Regex AsksDone();

    [GeneratedRegex(@"\b(?:more (?:details?|information|info)|elaborate|clarify|describe|what (?:exactly )?(?:do you mean|is meant))\b", Plain)]
    private static partial Regex AsksMore();
}
