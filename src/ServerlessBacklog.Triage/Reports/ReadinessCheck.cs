using System.Text.Json.Serialization;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>One thing that the data should hold.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="Weight">Points of 100 that it is worth.</param>
/// <param name="Share">Part of the items that hold it: 0 … 1; null when nobody could look.</param>
/// <param name="Detail">The count behind the share, or why there is none.</param>
/// <param name="Fix">What to do when the share is below 1.</param>
public sealed record ReadinessCheck(string Name, double Weight, double? Share, string Detail, string Fix);

/// <summary>Something to mend.</summary>
/// <param name="Gain">Points that the score rises by when it is mended fully, to one decimal.</param>
public sealed record ReadinessFix(string Check, string Fix, double Gain);

/// <summary>A ≥ 85, B ≥ 70, C ≥ 55, D ≥ 40, E below (own choice).</summary>
public enum ReadinessGrade
{
    [JsonStringEnumMemberName("A")]
    A,
    [JsonStringEnumMemberName("B")]
    B,
    [JsonStringEnumMemberName("C")]
    C,
    [JsonStringEnumMemberName("D")]
    D,
    [JsonStringEnumMemberName("E")]
    E,
}
