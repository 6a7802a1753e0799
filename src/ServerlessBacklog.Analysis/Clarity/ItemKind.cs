using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>What an item is, as far as it decides which parts it needs.</summary>
public enum ItemKind
{
    /// <summary>Nothing says; a neutral list of parts applies.</summary>
    Unknown,
    Bug,
    Feature,
    Task,
    Question,
}

/// <summary>Reads the kind from the tracker's words first, from the text only when these are silent.</summary>
public static partial class ItemKinds
{
    private static readonly (ItemKind Kind, string[] Words)[] Named =
    [
        (ItemKind.Bug, ["bug", "defect", "error", "incident", "crash", "regression", "problem"]),
        (ItemKind.Question, ["question", "support", "discussion", "help"]),
        (ItemKind.Feature, ["feature", "enhancement", "story", "improvement", "epic", "request", "wish", "suggestion", "proposal"]),
        (ItemKind.Task, ["task", "chore", "docs", "documentation", "refactor", "refactoring", "test", "tests", "cleanup", "technical", "spike", "maintenance", "issue"]),
    ];

    /// <summary>The kind that <paramref name="type"/> or a label names, else what the text looks like.</summary>
    public static ItemKind Infer(string? type, IEnumerable<string> labels, string title, string body) =>
        FromName(type) is var named and not ItemKind.Unknown
            ? named
            : labels.Select(FromTypeLabel).FirstOrDefault(k => k != ItemKind.Unknown) is var labelled and not ItemKind.Unknown
                ? labelled
                : FromText(title, body);

    /// <summary>The kind behind a tracker's word: <c>Bug</c>, <c>User Story</c>, <c>kind/feature</c>.</summary>
    public static ItemKind FromName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return ItemKind.Unknown;
        var words = Separators().Split(name.ToLowerInvariant());
        return Named.FirstOrDefault(n => words.Intersect(n.Words, StringComparer.Ordinal).Any()).Kind;
    }

    /// <summary>
    /// Labels that name a type and nothing else: <c>bug</c>, <c>type: bug</c>, <c>kind/feature</c>. A label that only contains
    /// such a word (<c>help wanted</c>, <c>error-prone</c>, <c>needs tests</c>) says something else.
    /// </summary>
    public static ItemKind FromTypeLabel(string label)
    {
        var match = TypeLabel().Match(label.Trim().ToLowerInvariant());
        return match.Success ? FromName(match.Groups[1].Value) : ItemKind.Unknown;
    }

    /// <summary>The kind by plain word rules; <see cref="ItemKind.Unknown"/> when no rule speaks.</summary>
    public static ItemKind FromText(string title, string body)
    {
        if (BugSections().IsMatch(body))
            return ItemKind.Bug;
        if (PlannedWork().IsMatch(title))
            return ItemKind.Task;
        if (BugTitle().IsMatch(title))
            return ItemKind.Bug;
        if (title.TrimEnd().EndsWith('?') || QuestionTitle().IsMatch(title))
            return ItemKind.Question;
        if (Story().IsMatch(body) || FeatureTitle().IsMatch(title))
            return ItemKind.Feature;
        if (TaskTitle().IsMatch(title))
            return ItemKind.Task;
        return BugBody().IsMatch(body) ? ItemKind.Bug : ItemKind.Unknown;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"[^a-z]+", Plain)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?:(?:type|kind|t|c|issue type|category)\s*[:/=-]+\s*)?(bug|defect|regression|crash|question|support|feature|feature[ -]request|enhancement|improvement|user story|story|epic|task|chore|docs|documentation|refactor|refactoring)s?$", Plain)]
    private static partial Regex TypeLabel();

    [GeneratedRegex(@"\b(?:steps? (?:how )?to (?:re)?produce|actual (?:results?|behaviou?r)|repro steps|stack ?trace|traceback)\b", Plain)]
    private static partial Regex BugSections();

    [GeneratedRegex(@"\b(?:bugs?|crash\w*|errors?|exceptions?|fail(?:s|ed|ing|ures?)?|broken|does ?n[o']?t|do ?n[o']?t (?!merge)|can ?n[o']?t|unable|wrong|missing|hangs?|regression|invalid|incorrect|impossible|leaks?|no longer|not (?:work|show|display|visible|respect|load|recogni)\w*|dead links?|blank|stuck|freezes?)\b", Plain)]
    private static partial Regex BugTitle();

    /// <summary>Imperatives that say what to do, whatever failure the rest of the title names.</summary>
    [GeneratedRegex(@"^\W*(?:port|remove|rename|refactor|replace|upgrade|bump|revert|move|document|update|add tests?|write tests?)\b", Plain)]
    private static partial Regex PlannedWork();

    [GeneratedRegex(@"^\W*(?:how|why|what|where|is|are|can|could|does|do|should|will|would)\b", Plain)]
    private static partial Regex QuestionTitle();

    [GeneratedRegex(@"\bas an? [\w -]{2,40}?,? (?:I|we)(?:'d|\b)", Plain)]
    private static partial Regex Story();

    [GeneratedRegex(@"\b(?:support (?:for|of)?|allow|ability|option|wish|proposal|propose|suggestion|feature|request|consider|provide|would (?:be nice|like)|implement|expose|introduce)\b|^\W*add (?!.*\b(?:tests?|check|docs?)\b)", Plain)]
    private static partial Regex FeatureTitle();

    [GeneratedRegex(@"^\W*(?:\[[^\]]*\]\s*)?(?:\w+(?:\([\w -]+\))?:\s*)?(?:port|remove|update|use|fix|move|refactor|rename|replace|add|upgrade|document|create|enable|disable|clean|rewrite|change|switch|bump|convert|drop|delete|revert|test|write|investigate|make|set|improve|optimi[sz]e|convert|split|merge|migrate|adapt|automate|externali[sz]e|consolidate|define|review|revise)\w*\b", Plain)]
    private static partial Regex TaskTitle();

    [GeneratedRegex(@"\b(?:crash\w*|exception|fails?|failed|broken|does ?n[o']?t work|not working|error)\b", Plain)]
    private static partial Regex BugBody();
}
