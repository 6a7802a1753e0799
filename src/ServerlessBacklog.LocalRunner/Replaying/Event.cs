namespace ServerlessBacklog.LocalRunner.Replaying;

/// <summary>Numbers are stored: never change one.</summary>
internal enum EventKind
{
    Started = 1,
    ActivityCompleted = 2,
    ActivityFailed = 3,
    ChildCompleted = 4,
    ChildFailed = 5,
    TimerFired = 6,
    EventRaised = 7,

    CalledActivity = 20,
    CalledChild = 21,
    Slept = 22,
    WaitedForEvent = 23,
}

/// <summary>One row of a history: something that reached the instance, or something that it called.</summary>
/// <param name="Call">Number of the call that this is or answers, from 0 on in each generation.</param>
/// <param name="Name">Of the activity, child or event.</param>
/// <param name="Data">Input, result or payload as JSON; the message of a failure.</param>
internal sealed record Event(EventKind Kind, int? Call, long At, string? Name = null, string? Data = null)
{
    /// <summary>Its place in the history.</summary>
    public long No { get; init; }

    public bool IsCall => Kind >= EventKind.CalledActivity;
}
