using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Our one comment on an item, edited in place when there is something new to say (FEATURES V5). It ends with what it is, why it is there
/// and how to be rid of it (O18).
/// </summary>
public sealed record ItemComment
{
    /// <summary>Whoever puts it on an item is left alone there.</summary>
    public const string OptOutLabel = "no-backlog-bot";

    private const int LongestTitle = 120;

    public required WorkItemRef Item { get; init; }

    /// <summary>What it comes to, in one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Why it was written, to follow "because": <c>this item is new</c>.</summary>
    public required string Because { get; init; }

    /// <summary>Paragraphs in Markdown, in their order.</summary>
    public IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>What the reporter is asked, one line each.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];

    public IReadOnlyList<PossibleDuplicate> Duplicates { get; init; } = [];

    /// <summary>Changes that are not made, only suggested.</summary>
    public IReadOnlyList<Proposal> Suggestions { get; init; } = [];

    /// <summary>Items that the texts may name, besides those of <see cref="Duplicates"/> and <see cref="Suggestions"/>.</summary>
    public IReadOnlyList<WorkItemRef> MayName { get; init; } = [];

    /// <summary>The tracker's hosts: links lead nowhere else (<see cref="OutgoingText.Hosts"/>).</summary>
    public IReadOnlyList<string> TrackerHosts { get; init; } = [];

    /// <summary>Where it is explained; null for no link. A setting, so that it may lead anywhere.</summary>
    public Uri? About { get; init; }

    /// <summary>True when a language model had a part in what is said: people are told so.</summary>
    public bool IsAdvised { get; init; }

    /// <summary>False when there is nothing to say, so that nothing should be said.</summary>
    public bool SaysSomething => Paragraphs.Count + Questions.Count + Duplicates.Count + Suggestions.Count > 0;

    /// <summary>The comment in Markdown, or why it may not be sent.</summary>
    public OutgoingAnswer Render()
    {
        var outgoing = new OutgoingText
        {
            Home = Item,
            MayName = [.. MayName, .. Duplicates.Select(d => d.Item), .. Suggestions.Select(s => TargetOf(s.Change)).OfType<WorkItemRef>()],
            Hosts = TrackerHosts,
        };
        var parts = new List<string>();
        foreach (var part in Parts().Append(OneLine(Because)))
        {
            var answer = outgoing.Clean(part);
            if (answer.Text is null)
                return answer;
            parts.Add(answer.Text);
        }

        var footer = Footer(because: parts[^1]);
        var body = (outgoing with { MaxLength = OutgoingText.LongestText - footer.Length }).Clean(string.Join("\n\n", parts.SkipLast(1)));
        return body.Text is null ? body : OutgoingAnswer.Of(body.Text + footer);
    }

    /// <summary>Each is made clean by itself, so that one that leaves something open does not swallow the next.</summary>
    private IEnumerable<string> Parts()
    {
        yield return $"**Triage:** {OneLine(Summary)}";
        foreach (var paragraph in Paragraphs)
            yield return paragraph.Trim();
        if (Questions.Count > 0)
            yield return Section("Questions", Questions.Select(OneLine));
        if (Duplicates.Count > 0)
            yield return Section("Possible duplicates", Duplicates.Select(d => $"{AllowedNames.TextFor(Item, d.Item)} {Title(d.Title)} ({Percent(d.Confidence)})"));
        if (Suggestions.Count > 0)
            yield return Section("Suggestions", Suggestions.Select(s => $"would {Words(s.Change)} ({Percent(s.Confidence)})"));
    }

    private static string Section(string title, IEnumerable<string> lines) =>
        $"**{title}**\n\n{string.Join('\n', lines.Select(line => $"- {line}"))}";

    private string Words(Change change)
    {
        var words = OneLine(change.Describe());
        return TargetOf(change) is { } target ? words.Replace(target.ToString(), AllowedNames.TextFor(Item, target), StringComparison.Ordinal) : words;
    }

    private static WorkItemRef? TargetOf(Change change) => change switch
    {
        AddLink link => link.Target,
        RemoveLink link => link.Target,
        Close close => close.Canonical,
        Consolidate gathered => gathered.Canonical,
        _ => null,
    };

    /// <summary>Rounded down: "100 %" is said only where it is.</summary>
    private static string Percent(Confidence confidence) => $"{(int)Math.Floor((confidence.Value * 100) + 1e-9)} %";

    private static string Title(string title)
    {
        var line = OneLine(title);
        if (line.Length > LongestTitle)
            line = $"{line[..(char.IsHighSurrogate(line[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)]}…";
        return $"“{line}”";
    }

    private static string OneLine(string text) => string.Join(' ', PlainCharacters.Of(text).Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    private string Footer(string because)
    {
        var label = Item.Tracker == "azuredevops" ? "tag" : "label";
        var about = About is null ? "" : $" [How this works]({About.AbsoluteUri}).";
        return $"\n\n---\n\n*This comment is automated: ServerlessBacklog wrote it{(IsAdvised ? ", with the help of a language model," : "")} because {because}. It may be wrong, and it is edited in place instead of "
            + $"being repeated. To stop it on this item, add the {label} `{OptOutLabel}`; to stop it everywhere, a maintainer sets its step to `off` or `shadow`.{about}*\n";
    }
}

/// <param name="Title">The other item's title as it stands there.</param>
public sealed record PossibleDuplicate(WorkItemRef Item, string Title, Confidence Confidence);
