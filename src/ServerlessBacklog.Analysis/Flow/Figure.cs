namespace ServerlessBacklog.Analysis.Flow;

/// <summary>A figure, or the reason why there is none: too little data is never shown as zero.</summary>
/// <param name="Value">Null when there is too little to go by.</param>
/// <param name="Missing">Why <paramref name="Value"/> is null, in one sentence for people; null when there is a value.</param>
public sealed record Figure<T>(T? Value, string? Missing)
    where T : class;

public static class Figure
{
    public static Figure<T> Of<T>(T value)
        where T : class => new(value, null);

    public static Figure<T> Without<T>(string reason)
        where T : class => new(null, reason);
}
