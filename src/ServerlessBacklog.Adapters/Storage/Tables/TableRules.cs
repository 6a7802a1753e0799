using System.Buffers;

namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>
/// The limits of Azure Table Storage, checked alike by every implementation
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// One rule is ours: keys hold no surrogates, because SQLite orders them by code point and Azure by UTF-16 unit.
/// </summary>
public static class TableRules
{
    /// <summary>Characters in a partition key or row key.</summary>
    public const int MaxKey = 1024;

    /// <summary>Operations in one batch.</summary>
    public const int MaxBatch = 100;

    /// <summary>UTF-16 characters in one string property (64 KiB).</summary>
    public const int MaxText = 32 * 1024;

    /// <summary>Bytes in one binary property.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Bytes in one row, as <see cref="SizeOf(TableRow)"/> counts them.</summary>
    public const int MaxRow = 1024 * 1024;

    /// <summary>Properties in one row; Azure counts its own three on top.</summary>
    public const int MaxProperties = 252;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create("/\\#?");
    private static readonly DateTimeOffset FirstTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void CheckName(string table)
    {
        if (table.Length is < 3 or > 63 || !char.IsAsciiLetter(table[0]) || !table.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"A table name has 3 to 63 letters and digits, a letter first: '{table}'.", nameof(table));
    }

    public static void CheckKey(string key)
    {
        if (key.Length > MaxKey)
            throw new ArgumentException($"A key has at most {MaxKey} characters, this one has {key.Length}: '{key[..40]}…'.", nameof(key));
        if (key.AsSpan().ContainsAny(Unsafe) || key.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            throw new ArgumentException($"A key holds no / \\ # ? and no control or surrogate characters: '{key}'.", nameof(key));
    }

    public static void CheckBatch(IReadOnlyList<TableOperation> batch)
    {
        if (batch.Count is 0 or > MaxBatch)
            throw new ArgumentException($"A batch has 1 to {MaxBatch} operations, this one has {batch.Count}.", nameof(batch));
        CheckKey(batch[0].Row.PartitionKey);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in batch.Select(o => o.Row))
        {
            if (row.PartitionKey != batch[0].Row.PartitionKey)
                throw new ArgumentException($"A batch stays in one partition, this one has '{batch[0].Row.PartitionKey}' and '{row.PartitionKey}'.", nameof(batch));
            if (!seen.Add(row.RowKey))
                throw new ArgumentException($"A batch writes a row once, this one has '{row.RowKey}' twice.", nameof(batch));
            CheckKey(row.RowKey);
            CheckProperties(row);
        }
    }

    /// <summary>Azure's own formula for the stored bytes of a row.</summary>
    public static int SizeOf(TableRow row) =>
        4 + (2 * (row.PartitionKey.Length + row.RowKey.Length)) + row.Properties.Sum(p => 8 + (2 * p.Key.Length) + SizeOf(p.Value));

    private static void CheckProperties(TableRow row)
    {
        if (row.Properties.Count > MaxProperties)
            throw new ArgumentException($"A row has at most {MaxProperties} properties, '{row.RowKey}' has {row.Properties.Count}.", nameof(row));
        foreach (var (name, value) in row.Properties)
            CheckProperty(name, value);
        if (SizeOf(row) > MaxRow)
            throw new ArgumentException($"A row has at most {MaxRow} bytes, '{row.RowKey}' has {SizeOf(row)}.", nameof(row));
    }

    private static void CheckProperty(string name, object value)
    {
        if (name.Length is 0 or > 255 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit)
            || name is "PartitionKey" or "RowKey" or "Timestamp")
            throw new ArgumentException($"A property name has 1 to 255 letters and digits, a letter first, and is no key: '{name}'.", nameof(name));
        var problem = value switch
        {
            string text when text.Length > MaxText => $"has {text.Length} characters; at most {MaxText} (64 KiB) fit",
            byte[] bytes when bytes.Length > MaxBytes => $"has {bytes.Length} bytes; at most {MaxBytes} fit",
            DateTimeOffset time when time < FirstTime => $"is {time:u}; times start in 1601",
            string or byte[] or long or double or bool or DateTimeOffset => null,
            null => "is null; leave it out instead",
            _ => $"is a {value.GetType().Name}; use string, long, double, bool, DateTimeOffset or byte[]",
        };
        if (problem is not null)
            throw new ArgumentException($"The property '{name}' {problem}.", nameof(value));
    }

    private static int SizeOf(object value) => value switch
    {
        string text => 4 + (2 * text.Length),
        byte[] bytes => 4 + bytes.Length,
        bool => 1,
        _ => 8,
    };
}
