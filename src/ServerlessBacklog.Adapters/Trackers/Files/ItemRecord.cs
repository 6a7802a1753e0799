using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>One record of a file, whatever its form: fields by meaning, and the problems met while reading them.</summary>
internal abstract class ItemRecord(string place)
{
    private readonly List<ReadProblem> problems = [];

    public string Place { get; } = place;

    public IReadOnlyList<ReadProblem> Problems => problems;

    /// <summary>The first value that is not blank; null when there is none or it has the wrong form, which is then a problem.</summary>
    public abstract string? Text(Field field);

    /// <summary>All values that are not blank.</summary>
    public abstract IReadOnlyList<string> Texts(Field field);

    public abstract double? Number(Field field);

    /// <summary>Yes or no, written as true or false; null for anything else.</summary>
    public virtual bool? Flag(Field field) => bool.TryParse(Text(field), out var flag) ? flag : null;

    /// <summary>Links that the record spells out with their kind; the target is an id of the same project.</summary>
    public abstract IEnumerable<(LinkKind Kind, string Target)> Links();

    public abstract WorkItemHistory History();

    /// <summary>True for a record that says in its own way that it is a pull request.</summary>
    public virtual bool IsPullRequest => false;

    public virtual DateTimeOffset? ReadTime(Field field, string text) => ItemTimes.ReadIso(text);

    public DateTimeOffset? Time(Field field)
    {
        if (Text(field) is not { } text)
            return null;
        if (ReadTime(field, text) is not { } at)
        {
            Complain($"{FieldNames.Of(field)} '{Short(text)}' is not a date; write it as 2024-02-01T15:04:05Z. It is left out.");
            return null;
        }

        if (ItemTimes.IsPlausible(at))
            return at;
        Complain($"{FieldNames.Of(field)} lies in the year {at.Year:0000}; expected {ItemTimes.FirstYear} to {ItemTimes.LastYear}. It is left out.");
        return null;
    }

    public void Complain(string message) => problems.Add(new ReadProblem(Place, message));

    /// <summary>At most 40 characters of a value, for a message.</summary>
    protected static string Short(string text)
    {
        var line = PlainText.OneLine(text);
        return line.Length <= 40 ? line : line[..40] + "…";
    }
}
