using Azure;
using Azure.Data.Tables;
using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>Rows as entities of the client library and back.</summary>
internal static class AzureRows
{
    private static readonly string[] KeysOnly = ["PartitionKey", "RowKey"];

    /// <summary>What to select for the columns asked for; null selects all. The service returns the ETag with any selection.</summary>
    public static IEnumerable<string>? Selection(IReadOnlyCollection<string>? columns) => columns is null ? null : KeysOnly.Concat(columns);

    public static ETag ETagOf(TableRow row) => row.ETag is { } etag ? new ETag(etag) : ETag.All;

    public static TableEntity EntityOf(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Properties)
            entity[name] = value;
        return entity;
    }

    public static TableRow RowOf(TableEntity entity)
    {
        var properties = new Dictionary<string, object>(entity.Count, StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag") && ValueOf(value) is { } known)
                properties.Add(name, known);
        }

        return new TableRow(entity.PartitionKey, entity.RowKey, properties, entity.ETag.ToString());
    }

    /// <summary>Other programs may have written 32-bit numbers; null stands for a selected column that the row lacks.</summary>
    private static object? ValueOf(object? value) => value switch
    {
        int number => (long)number,
        DateTimeOffset time => time.ToUniversalTime(),
        BinaryData bytes => bytes.ToArray(),
        _ => value,
    };
}
