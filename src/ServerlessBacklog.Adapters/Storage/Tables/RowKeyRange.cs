namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>A stretch of row keys in ordinal order.</summary>
/// <param name="From">First key of the range, whether it exists or not.</param>
/// <param name="Before">First key after the range; null when the range is open.</param>
public sealed record RowKeyRange(string From, string? Before)
{
    public static RowKeyRange All { get; } = new("", null);

    /// <summary>Every key that starts with <paramref name="prefix"/>.</summary>
    public static RowKeyRange Prefix(string prefix)
    {
        var text = prefix.AsSpan().TrimEnd(char.MaxValue);
        return text.IsEmpty ? new RowKeyRange(prefix, null) : new RowKeyRange(prefix, $"{text[..^1]}{Next(text[^1])}");
    }

    /// <summary>Both ends included: a space is the least character that a key can hold.</summary>
    public static RowKeyRange Between(string first, string last) => new(first, last + ' ');

    public bool Contains(string rowKey) =>
        string.CompareOrdinal(rowKey, From) >= 0 && (Before is null || string.CompareOrdinal(rowKey, Before) < 0);

    /// <summary>The next character that a key can hold: a service need not take others in a query either.</summary>
    private static char Next(char c)
    {
        do
        {
            c++;
        }
        while (!TableRules.IsAllowedInKeys(c));
        return c;
    }
}
