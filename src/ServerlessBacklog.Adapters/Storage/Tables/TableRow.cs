namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <param name="Properties">Values are string, long, double, bool, DateTimeOffset (returned in UTC) or byte[].</param>
/// <param name="ETag">The version that was read; null on a row that was not read.</param>
public sealed record TableRow(string PartitionKey, string RowKey, IReadOnlyDictionary<string, object> Properties, string? ETag = null)
{
    /// <summary>A text property, or null when the row lacks it.</summary>
    public string? Text(string property) => Properties.GetValueOrDefault(property) as string;

    public long? Number(string property) => Properties.GetValueOrDefault(property) as long?;

    public DateTimeOffset? Time(string property) => Properties.GetValueOrDefault(property) as DateTimeOffset?;
}
