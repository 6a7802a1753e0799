namespace ServerlessBacklog.Triage.Alerts;

/// <summary>From when on the work under way gives an alert (docs/reminders-and-alerts.md).</summary>
public sealed record AlertSettings
{
    /// <summary>Items in progress at once that are enough; 0, the default, for no limit.</summary>
    public int WipLimit { get; init; }

    /// <summary>Days for which an item that somebody has may wait for another; 0 for no alert. Default 5.</summary>
    public int BlockedDays { get; init; } = 5;

    /// <summary>Hours for which a cause has to be gone before its alert clears, so that one that comes and goes is told once. Default 24.</summary>
    public int SettleHours { get; init; } = 24;
}
