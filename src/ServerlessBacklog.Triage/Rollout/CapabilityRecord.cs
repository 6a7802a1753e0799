using System.Text.Json.Serialization;
using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>How often a step was right on a backlog.</summary>
/// <param name="N">Cases that were judged.</param>
/// <param name="Precision">Share of them that was right.</param>
/// <param name="Low">Lower end of its 95 % interval (Wilson).</param>
/// <param name="At">When it was measured.</param>
public sealed record CapabilityRecord(string Step, int N, double Precision, double Low, double High, DateTimeOffset At, CapabilitySource Source)
{
    public static CapabilityRecord Of(string step, int right, int n, DateTimeOffset at, CapabilitySource source)
    {
        var interval = Wilson.Of(right, n);
        return new CapabilityRecord(step, n, n == 0 ? 0 : (double)right / n, n == 0 ? 0 : interval.Low, n == 0 ? 1 : interval.High, at, source);
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<CapabilitySource>))]
public enum CapabilitySource
{
    /// <summary>What people said to its asks and took back of its changes, on this backlog.</summary>
    Outcomes,

    /// <summary>A stored run of <c>backlog eval</c>.</summary>
    Evaluation,
}
