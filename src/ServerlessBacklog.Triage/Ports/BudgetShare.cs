namespace ServerlessBacklog.Triage.Ports;

/// <summary>
/// For whom a tracker is called. Scheduled work (sweeps, reconciles) takes a small part of a host's hourly limit, so that people and
/// webhooks are never kept waiting by it.
/// </summary>
public static class BudgetShare
{
    private static readonly AsyncLocal<bool> Current = new();

    /// <summary>True within a scope that <see cref="Scheduled"/> opened.</summary>
    public static bool IsScheduled => Current.Value;

    /// <summary>Counts every call to a tracker as scheduled until the scope is disposed: <c>using (BudgetShare.Scheduled()) …</c></summary>
    public static IDisposable Scheduled()
    {
        var scope = new Scope(Current.Value);
        Current.Value = true;
        return scope;
    }

    private sealed class Scope(bool before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
