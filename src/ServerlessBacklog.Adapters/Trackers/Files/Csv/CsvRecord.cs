using System.Globalization;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Csv;

/// <summary>What rows of one file share: the meaning of columns, the order of day and month, the user's mapping.</summary>
internal sealed record CsvSheet(CsvColumns Columns, NumericDates Dates, FileMapping Mapping);

/// <summary>A CSV row as a record.</summary>
internal sealed class CsvRecord(string place, string[] row, CsvSheet sheet) : ItemRecord(place)
{
    /// <summary>Jira's own formats; "/" stands for itself in the invariant culture.</summary>
    private static readonly string[] NamedMonths =
    [
        "d/MMM/yy h:mm tt", "d/MMM/yy H:mm", "d/MMM/yy", "d/MMM/yyyy h:mm tt", "d/MMM/yyyy H:mm", "d/MMM/yyyy",
        "d MMM yyyy", "d MMM yyyy HH:mm", "d-MMM-yyyy", "MMM d, yyyy", "MMM d, yyyy h:mm tt", "MMM d, yyyy h:mm:ss tt",
    ];

    public override string? Text(Field field)
    {
        foreach (var (index, _) in sheet.Columns.Of(field))
        {
            if (Cell(index) is { } text)
                return text;
        }

        return null;
    }

    public override IReadOnlyList<string> Texts(Field field)
    {
        var texts = new List<string>();
        var best = int.MaxValue;
        foreach (var (index, rank) in sheet.Columns.Of(field))
        {
            if (rank > best)
                break;
            if (Cell(index) is not { } text)
                continue;
            texts.AddRange(Split(field, text));
            best = rank;
        }

        return texts;
    }

    public override double? Number(Field field)
    {
        if (Text(field) is not { } text)
            return null;
        var invariant = text.Contains('.') ? text : text.Replace(',', '.');
        if (double.TryParse(invariant, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        Complain($"{FieldNames.Of(field)} '{Short(text)}' is not a number. It is left out.");
        return null;
    }

    public override DateTimeOffset? ReadTime(Field field, string text) =>
        (sheet.Mapping.DateFormat is { } format ? ItemTimes.ReadExact(text, format) : null)
        ?? ItemTimes.ReadIso(text)
        ?? ItemTimes.ReadExact(text, NamedMonths)
        ?? sheet.Dates.Read(text);

    public override IEnumerable<(LinkKind Kind, string Target)> Links()
    {
        foreach (var (index, kind) in sheet.Columns.Links)
        {
            foreach (var target in Cell(index) is { } cell ? Split(Field.Related, cell) : [])
                yield return (kind, target);
        }
    }

    public override WorkItemHistory History()
    {
        var comments = Texts(Field.Comment).Select(Comment).OfType<WorkItemComment>().OrderBy(c => c.At).ToList();
        return new WorkItemHistory
        {
            IsKnown = sheet.Columns.Has(Field.Comment),
            Comments = comments,
            CommentCount = Count(Field.Comments) ?? (comments.Count > 0 ? comments.Count : null),
            Reactions = new Reactions(Count(Field.Reactions) ?? 0),
        };
    }

    private string? Cell(int index) => index < row.Length && !string.IsNullOrWhiteSpace(row[index]) ? row[index] : null;

    private int? Count(Field field)
    {
        if (Text(field) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) && count >= 0)
            return count;
        Complain($"{FieldNames.Of(field)} '{Short(text)}' is not a count. It is left out.");
        return null;
    }

    /// <summary>Jira writes a comment as <c>01/Feb/24 3:04 PM;mary;text</c>.</summary>
    private WorkItemComment? Comment(string text)
    {
        var parts = text.Split(';', 3);
        if (parts.Length == 3 && ReadTime(Field.Comment, parts[0]) is { } at && ItemTimes.IsPlausible(at) && People.Read(parts[1]) is { } author)
            return new WorkItemComment(author, at, PlainText.Body(parts[2]));
        Complain($"comment '{Short(text)}' is not written as date;author;text. It is left out.");
        return null;
    }

    private static string[] Split(Field field, string text) => field switch
    {
        Field.Labels => Parts(text, text.Contains(';') ? ";" : ","),
        Field.Component => Parts(text, ";"),

        // "mary,joe" are two logins, "Doe, Mary" is one name.
        Field.Assignee => Parts(text, text.Contains(',') && !text.Contains(", ", StringComparison.Ordinal) ? ",;" : ";"),
        Field.DuplicateOf or Field.BlockedBy or Field.Blocks or Field.Related or Field.Parent => Parts(text, ";, \t\n"),
        _ => [text],
    };

    private static string[] Parts(string text, string separators) =>
        text.Split(separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
