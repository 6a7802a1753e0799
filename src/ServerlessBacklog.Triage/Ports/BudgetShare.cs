namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// Says in whose name requests to trackers are made: scheduled work keeps to a tenth of an hour's limit (FEATURES §4.4), so that what people
/// wait for always gets through. Flows with the asynchronous call.
/// </summary>
public static class BudgetShare
{
    private static readonly AsyncLocal<bool> Current = new();

    public static bool IsScheduled => Current.Value;

    /// <summary>Until disposed, requests count as scheduled work.</summary>
    public static IDisposable Scheduled()
    {
        var before = Current.Value;
        Current.Value = true;
        return new Scope(before);
    }

    private sealed class Scope(bool before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
