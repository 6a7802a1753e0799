using System.Runtime.CompilerServices;

namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>What formulas accept; anything else would yield a score that means nothing.</summary>
internal static class Bounds
{
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Require(value >= 0, value, name, "0 or more");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Require(value > 0, value, name, "above 0");

    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Require(value is >= 0 and <= 1, value, name, "between 0 and 1");

    public static double Ten(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        Require(value is >= 0 and <= 10, value, name, "between 0 and 10");

    private static double Require(bool holds, double value, string? name, string range) => holds && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"Must be a number {range}.");
}
