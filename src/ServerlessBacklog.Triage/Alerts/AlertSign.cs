using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Alerts;

/// <summary>What one look saw of one cause.</summary>
/// <param name="Strength">Whether it is bad enough to begin, or only to go on.</param>
/// <param name="After">For how long it has to last before it is an alert.</param>
internal sealed record AlertSign(string Key, AlertCause Cause, AlertSeverity Severity, AlertStrength Strength, string Sentence, string Act, TimeSpan After = default)
{
    public IReadOnlyList<ItemLine> Items { get; init; } = [];
}

internal enum AlertStrength
{
    /// <summary>Below the limit, but not clearly: begins nothing and ends nothing.</summary>
    Near,

    /// <summary>Over the limit.</summary>
    Over,
}

/// <summary>
/// What becomes of an alert by what is seen. Pure. It begins over the limit, goes on near it, and clears when the cause was gone for a while: what goes back
/// and forth around a limit is one alert.
/// </summary>
internal static class AlertLatch
{
    /// <param name="before">What is known of the cause; null for nothing.</param>
    /// <param name="sign">What is seen of it now; null for nothing.</param>
    /// <param name="settle">For how long a cause has to be gone.</param>
    /// <returns>Null when nothing is to be remembered.</returns>
    public static Alert? Next(Alert? before, AlertSign? sign, DateTimeOffset now, TimeSpan settle)
    {
        var known = before is { State: not AlertState.Cleared } ? before : null;
        if (sign is null)
            return known is null ? before : Gone(known, now, settle);
        if (known is null)
            return sign.Strength == AlertStrength.Over ? Ripe(Begin(sign, now), sign, now) : before;
        // What is only near keeps the words of when it was over.
        var seen = sign.Strength == AlertStrength.Over
            ? known with { Severity = known.State == AlertState.Open ? Worse(known.Severity, sign.Severity) : sign.Severity, Sentence = sign.Sentence, Act = sign.Act, Items = sign.Items }
            : known;
        return Ripe(seen with { GoneAt = null }, sign, now);
    }

    private static Alert Begin(AlertSign sign, DateTimeOffset now) => new()
    {
        Key = sign.Key,
        Cause = sign.Cause,
        Severity = sign.Severity,
        State = AlertState.Watched,
        Sentence = sign.Sentence,
        Act = sign.Act,
        Items = sign.Items,
        SeenAt = now,
    };

    private static Alert Ripe(Alert alert, AlertSign sign, DateTimeOffset now) => alert.State == AlertState.Watched && sign.Strength == AlertStrength.Over && now - alert.SeenAt >= sign.After
        ? alert with { State = AlertState.Open, OpenedAt = now }
        : alert;

    private static Alert? Gone(Alert known, DateTimeOffset now, TimeSpan settle) => known switch
    {
        { State: AlertState.Watched } => null,
        { GoneAt: null } => known with { GoneAt = now },
        { GoneAt: { } since } when now - since >= settle => known with { State = AlertState.Cleared, ClearedAt = now },
        _ => known,
    };

    private static AlertSeverity Worse(AlertSeverity one, AlertSeverity other) => one > other ? one : other;
}
