namespace ServerlessBacklog.Triage.Ports;

/// <summary>Looks at one part of the set-up as it is now: credentials, permissions, webhooks, quotas. Leaves nothing behind.</summary>
public interface ISetupCheck
{
    /// <summary>What is looked at, as its heading: <c>GitHub</c>.</summary>
    string Area { get; }

    /// <summary>The tracker that it is about; null for parts that are none.</summary>
    string? Tracker { get; }

    /// <summary>
    /// What was found, in the order in which it is mended. A <see cref="UserErrorException"/>, <see cref="BudgetExhaustedException"/> or
    /// <see cref="HttpRequestException"/> on the way is told as a finding by the caller.
    /// </summary>
    /// <param name="projects">Projects of this tracker whose backlogs are kept; empty where <see cref="Tracker"/> is null.</param>
    IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, CancellationToken cancellation);
}

/// <param name="State">How it is.</param>
/// <param name="What">What was looked at and how it is, in a sentence or less; no secret.</param>
/// <param name="Mend">What to do about it; null when there is nothing to do.</param>
public sealed record SetupFinding(SetupState State, string What, string? Mend = null)
{
    public static SetupFinding Ok(string what) => new(SetupState.Ok, what);

    /// <summary>Not in use: it was not configured.</summary>
    public static SetupFinding Off(string what, string? mend = null) => new(SetupState.Off, what, mend);

    public static SetupFinding Warning(string what, string mend) => new(SetupState.Warning, what, mend);

    public static SetupFinding Wrong(string what, string mend) => new(SetupState.Wrong, what, mend);
}

public enum SetupState
{
    Ok,

    /// <summary>Not configured, and not needed for what is.</summary>
    Off,

    /// <summary>It works, with less than could be had, or not for long.</summary>
    Warning,

    /// <summary>It does not work until it is mended.</summary>
    Wrong,
}
