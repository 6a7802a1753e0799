using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>Turns records into work items. A record without a usable id or title gives none; a bad field elsewhere is left out.</summary>
internal sealed class ItemBuilder(FileMapping mapping, string defaultProject, bool titlesNeeded = true)
{
    private const double MostPoints = 1_000_000;

    /// <summary>Records built so far that had no title at all.</summary>
    public int Untitled { get; private set; }

    public WorkItem? Build(ItemRecord record)
    {
        var id = Id(record);
        var title = Title(record);
        if (id is null || title is null)
            return null;
        var project = record.Text(Field.Project) is { } named ? PlainText.OneLine(named) : defaultProject;
        var self = new WorkItemRef(FileTracker.TrackerName, project.Length == 0 ? defaultProject : project, id);
        var merged = record.Time(Field.MergedAt);
        var closed = record.Time(Field.ClosedAt) ?? merged;
        var started = record.Time(Field.StartedAt);
        var word = Word(record, Field.State);
        return new WorkItem
        {
            Ref = self,
            Title = title,
            Body = BodyText.Join(record),
            Kind = Kind(record, merged),
            State = State(word, record.Text(Field.StateCategory), closed, started),
            TrackerState = word,
            Resolution = Word(record, Field.Resolution),
            Type = Word(record, Field.Type),
            Priority = Word(record, Field.Priority),
            Severity = Word(record, Field.Severity),
            Areas = [.. Lines(record, Field.Component).Distinct()],
            Labels = [.. Lines(record, Field.Labels).Select(l => new Label(l)).Distinct()],
            Assignees = People.Read(record.Texts(Field.Assignee)),
            Reporter = record.Text(Field.Reporter) is { } reporter ? People.Read(reporter) : null,
            ReporterRole = Word(record, Field.ReporterRole),
            Milestone = Lines(record, Field.Milestone).LastOrDefault(),
            CreatedAt = record.Time(Field.CreatedAt),
            UpdatedAt = record.Time(Field.UpdatedAt),
            StartedAt = started,
            ClosedAt = closed,
            DueAt = record.Time(Field.DueDate),
            StoryPoints = Points(record),
            Links = [.. Links(record, self).Where(l => l.Target != self).Distinct()],
            History = record.History(),
            Url = Url(record),
        };
    }

    private static string? Id(ItemRecord record)
    {
        var before = record.Problems.Count;
        var id = record.Text(Field.Id)?.Trim();
        if (id is { Length: > 0 } && !id.Any(char.IsControl))
            return id;
        if (record.Problems.Count == before)
            record.Complain("the record has no usable id; give it one that is unique in its project, such as \"id\": \"12\". It is skipped.");
        return null;
    }

    private string? Title(ItemRecord record)
    {
        var before = record.Problems.Count;
        var text = record.Text(Field.Title);
        if (text is not null && PlainText.OneLine(text) is { Length: > 0 } title)
            return title;
        if (record.Problems.Count > before)
            return null;
        Untitled++;
        if (!titlesNeeded)
            return "";
        record.Complain("the record has no title; give it one. It is skipped.");
        return null;
    }

    private static IEnumerable<string> Lines(ItemRecord record, Field field) =>
        record.Texts(field).Select(PlainText.OneLine).Where(t => t.Length > 0);

    private static string? Word(ItemRecord record, Field field) =>
        record.Text(field) is { } text && PlainText.OneLine(text) is { Length: > 0 } word && !IsNothing(word) ? word : null;

    /// <summary>What trackers write for no value at all.</summary>
    private static bool IsNothing(string word) => word.ToLowerInvariant() is "--" or "---" or "null" or "unresolved";

    private static WorkItemKind Kind(ItemRecord record, DateTimeOffset? merged)
    {
        var isPull = record.Text(Field.Kind)?.Trim().ToLowerInvariant().Replace('_', ' ') switch
        {
            "pull" or "pr" or "pull request" or "merge request" or "mr" => true,
            null => merged is not null || record.IsPullRequest,
            _ => false,
        };
        return isPull ? WorkItemKind.PullRequest : WorkItemKind.Item;
    }

    private WorkItemState State(string? word, string? category, DateTimeOffset? closed, DateTimeOffset? started)
    {
        var said = (word is null ? null : mapping.State(word) ?? StateWords.Read(word)) ?? StateWords.Read(category);
        return said ?? (closed, started) switch
        {
            ({ }, _) => WorkItemState.Closed,
            (_, { }) => WorkItemState.Started,
            _ => WorkItemState.Open,
        };
    }

    private static double? Points(ItemRecord record)
    {
        if (record.Number(Field.StoryPoints) is not { } points)
            return null;
        if (points is >= 0 and <= MostPoints)
            return points;
        record.Complain($"story_points {points} is not between 0 and {MostPoints:0}. It is left out.");
        return null;
    }

    private static Uri? Url(ItemRecord record)
    {
        if (record.Text(Field.Url) is not { } text)
            return null;
        if (Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        record.Complain("url is not an address that begins with http:// or https://. It is left out.");
        return null;
    }

    private static IEnumerable<WorkItemLink> Links(ItemRecord record, WorkItemRef self)
    {
        var named = LinkFields
            .SelectMany(f => record.Texts(f.Field).Where(t => f.Field != Field.Parent || !IsInternalNumber(self, t)).Select(t => (f.Kind, Target: t)))
            .Concat(record.Links());
        foreach (var (kind, target) in named)
        {
            if (PlainText.OneLine(target).TrimStart('#').TrimStart() is { Length: > 0 } id)
                yield return new WorkItemLink(kind, new WorkItemRef(self.Tracker, self.Project, id));
        }
    }

    /// <summary>Jira exports name parents by an internal number, which names no item where the ids are keys such as <c>XD-112</c>.</summary>
    private static bool IsInternalNumber(WorkItemRef self, string target) =>
        char.IsAsciiLetter(self.Number[0]) && target.All(char.IsAsciiDigit);

    private static readonly (Field Field, LinkKind Kind)[] LinkFields =
    [
        (Field.DuplicateOf, LinkKind.DuplicateOf),
        (Field.BlockedBy, LinkKind.BlockedBy),
        (Field.Blocks, LinkKind.Blocks),
        (Field.Parent, LinkKind.ChildOf),
        (Field.Related, LinkKind.RelatedTo),
    ];
}
