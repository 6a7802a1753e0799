using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Replaying;

/// <summary>One thing that an orchestration asked for, in the order of asking.</summary>
/// <param name="Name">Of the activity, orchestration or event; null for a sleep.</param>
internal sealed record Call(int Number, EventKind Kind, string? Name)
{
    /// <summary>Input of an activity or child.</summary>
    public string? Input { get; init; }

    public RetryPolicy? Retry { get; init; }

    /// <summary>Id of a child.</summary>
    public string? ChildId { get; init; }

    /// <summary>End of a sleep or of the patience of a wait.</summary>
    public long? Due { get; init; }

    public Event Recorded(long at) => new(Kind, Number, at, RecordedName);

    /// <summary>A child is known by its id and its orchestration.</summary>
    public string? RecordedName => ChildId is null ? Name : $"{Name} {ChildId}";

    public static string Describe(EventKind kind, string? name) => kind switch
    {
        EventKind.CalledActivity => $"the activity {name}",
        EventKind.CalledChild => $"the child {name}",
        EventKind.Slept => "a sleep",
        _ => $"a wait for '{name}'",
    };
}
