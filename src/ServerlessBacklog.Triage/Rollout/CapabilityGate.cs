namespace ServerlessBacklog.Triage.Rollout;

/// <summary>What a step has to prove before it may act by itself (FEATURES §4.2). Pure.</summary>
public static class CapabilityGate
{
    /// <summary>Lower end of the 95 % interval of its precision.</summary>
    public const double LeastLow = 0.80;

    /// <summary>Cases without which nothing is proven.</summary>
    public const int LeastCases = 30;

    /// <summary>Days after which a measure no longer says how things are.</summary>
    public const int MostDays = 14;

    /// <summary>Why a step may not act by itself, in one clause; null when it may. What people said on the backlog itself goes before an evaluation.</summary>
    public static string? WhyNot(string step, IReadOnlyCollection<CapabilityRecord> records, DateTimeOffset now)
    {
        var own = records.Where(r => r.Step == step).ToList();
        if (own.Count == 0)
            return "its precision on this backlog was never measured";
        var fresh = own.Where(r => now - r.At <= TimeSpan.FromDays(MostDays)).ToList();
        if (fresh.Count == 0)
            return FormattableString.Invariant($"its precision was last measured on {own.Max(r => r.At).UtcDateTime:yyyy-MM-dd}, more than {MostDays} days ago");
        var enough = fresh.Where(r => r.N >= LeastCases).OrderBy(r => r.Source).ToList();
        if (enough.Count == 0)
            return FormattableString.Invariant($"only {fresh.Max(r => r.N)} of its cases were judged, {LeastCases} are needed");
        var told = enough[0];
        return told.Low >= LeastLow ? null : FormattableString.Invariant(
            $"its precision is {told.Precision:0.00} with a 95 % interval from {told.Low:0.00} on over {told.N} cases ({(told.Source == CapabilitySource.Outcomes ? "answers of people" : "a stored evaluation")}); {LeastLow:0.00} is needed");
    }
}
