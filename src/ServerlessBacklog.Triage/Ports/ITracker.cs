using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>Where work items come from: a system that owns them (<see cref="ILiveTracker"/>), or files exported from one (<see cref="IExportTracker"/>).</summary>
public interface ITracker
{
    /// <summary>What stands before the colon of a source: <c>file</c> in <c>file:issues.csv</c>.</summary>
    string Name { get; }

    /// <summary>How a source of this tracker is written, for help and errors: <c>file:PATH (.jsonl, .jsonl.gz, .csv)</c>.</summary>
    string SourceForm { get; }
}

/// <summary>Exports on disk, read from end to end.</summary>
public interface IExportTracker : ITracker
{
    /// <summary>
    /// Reads every item of a source, one at a time. A bad record is a <see cref="ReadProblem"/> and does not stop the rest;
    /// a source that cannot be read at all throws <see cref="UserErrorException"/>.
    /// </summary>
    IAsyncEnumerable<SourceRecord> ReadAsync(SourceAddress source, CancellationToken cancellation);

    /// <summary>
    /// Names what <see cref="ReadAsync"/> would bring now: the same version, the same records. Null where telling costs as much as reading.
    /// </summary>
    Task<string?> VersionAsync(SourceAddress source, CancellationToken cancellation) => Task.FromResult<string?>(null);
}

/// <param name="Key">Names the effect: decision and change. Left as a marker on the tracker where it has room for one.</param>
/// <param name="MayBeDone">True when an earlier attempt ended without telling whether the change was made.</param>
public sealed record Effect(string Key, Change Change, bool MayBeDone);

/// <summary>Where items come from. Prints <c>file:issues.csv</c>.</summary>
/// <param name="Location">What follows the colon: a path, <c>owner/repo</c>, <c>org/project</c>.</param>
/// <param name="Mapping">File that maps unusual columns to ours; null for none.</param>
public sealed record SourceAddress(string Tracker, string Location, string? Mapping = null)
{
    /// <summary>Reads <c>tracker:location</c>; a bare path counts as <c>file:</c>.</summary>
    public static SourceAddress Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1)
            return new SourceAddress(text[..colon], text[(colon + 1)..]);
        return File.Exists(text) || Path.HasExtension(text)
            ? new SourceAddress("file", text)
            : throw new UserErrorException($"'{text}' is not a source. Write file:PATH, for example file:issues.jsonl.");
    }

    /// <summary>The source as reports name it: a file without its folders, which are nobody else's business.</summary>
    public string Label => Tracker == "file" ? $"file:{Path.GetFileName(Location)}" : ToString();

    public override string ToString() => $"{Tracker}:{Location}";
}

/// <summary>Either an item or a problem with one record.</summary>
public readonly record struct SourceRecord
{
    public SourceRecord(WorkItem item) => Item = item;

    public SourceRecord(ReadProblem problem) => Problem = problem;

    public WorkItem? Item { get; }

    public ReadProblem? Problem { get; }
}

/// <param name="Place">Where it stands: <c>line 17</c>.</param>
/// <param name="Message">What is wrong and how to mend it, in one sentence.</param>
/// <param name="IsNote">True for something to know of the whole source, by which no record is lost.</param>
public sealed record ReadProblem(string Place, string Message, bool IsNote = false)
{
    public override string ToString() => $"{Place}: {Message}";
}
