using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>What a reader finds at one place: a record, or why there is none.</summary>
internal readonly record struct ReadRecord
{
    public ReadRecord(ItemRecord record) => Record = record;

    public ReadRecord(string place, string message)
        : this(new ReadProblem(place, message))
    {
    }

    private ReadRecord(ReadProblem problem) => Problem = problem;

    /// <summary>Something to know of the whole file; no record is lost by it.</summary>
    public static ReadRecord Note(string message) => new(new ReadProblem("header", message, IsNote: true));

    public ItemRecord? Record { get; }

    public ReadProblem? Problem { get; }
}
