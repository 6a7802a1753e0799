using System.Buffers;

namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>
/// The limits of Azure Table Storage, checked alike by every implementation
/// (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// One rule is ours: keys hold no surrogates, because SQLite orders them by code point and Azure by UTF-16 unit.
/// </summary>
public static class TableRules
{
    /// <summary>
    /// Characters in a partition key or row key: 1 KiB of UTF-16. Azure's scalability page says 1,024 characters, its data model page
    /// 1 KiB, and Azurite takes 512 characters.
    /// </summary>
    public const int MaxKey = 512;

    /// <summary>
    /// Characters in both keys of a row together, percent-encoded as in its address: Azure's client library reads answers in lines of at
    /// most 4,096. Keys of 333 characters together always fit.
    /// </summary>
    public const int MaxAddress = 3000;

    /// <summary>Operations in one batch.</summary>
    public const int MaxBatch = 100;

    /// <summary>Bytes of one batch, as <see cref="RequestSizeOf"/> counts them.</summary>
    public const int MaxBatchBytes = 4 * 1024 * 1024;

    /// <summary>UTF-16 characters in one string property (64 KiB).</summary>
    public const int MaxText = 32 * 1024;

    /// <summary>Bytes in one binary property.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Bytes in one row, as <see cref="SizeOf(TableRow)"/> counts them.</summary>
    public const int MaxRow = 1024 * 1024;

    /// <summary>Properties in one row; Azure counts its own three on top.</summary>
    public const int MaxProperties = 252;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create("/\\#?");
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");

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
        if (!key.All(IsAllowedInKeys))
            throw new ArgumentException($"A key holds no / \\ # ? and no control or surrogate characters: '{key}'.", nameof(key));
    }

    public static bool IsAllowedInKeys(char c) => !Unsafe.Contains(c) && !char.IsControl(c) && !char.IsSurrogate(c);

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
            CheckAddress(row);
            CheckProperties(row);
        }

        if (batch.Sum(o => (long)RequestSizeOf(o.Row)) is var bytes and > MaxBatchBytes)
            throw new ArgumentException($"A batch has at most {MaxBatchBytes} bytes of request, this one may have {bytes}.", nameof(batch));
    }

    /// <summary>Azure's own formula for the stored bytes of a row.</summary>
    public static int SizeOf(TableRow row) =>
        4 + (2 * (row.PartitionKey.Length + row.RowKey.Length)) + row.Properties.Sum(p => 8 + (2 * p.Key.Length) + SizeOf(p.Value));

    /// <summary>The most bytes that a row takes in a request: twice its keys, JSON that escapes all but plain ASCII, binary as base64.</summary>
    public static int RequestSizeOf(TableRow row) =>
        1000 + (4 * (EscapedSizeOf(row.PartitionKey) + EscapedSizeOf(row.RowKey)))
        + row.Properties.Sum(p => 80 + (2 * p.Key.Length) + p.Value switch
        {
            string text => EscapedSizeOf(text),
            byte[] bytes => (bytes.Length + 2) / 3 * 4,
            _ => 0,
        });

    private static int EscapedSizeOf(string text)
    {
        var size = text.Length;
        var rest = text.AsSpan();
        for (int at; (at = rest.IndexOfAnyExcept(Plain)) >= 0; rest = rest[(at + 1)..])
            size += 5;
        return size;
    }

    private static void CheckAddress(TableRow row)
    {
        if (row.PartitionKey.Length + row.RowKey.Length <= MaxAddress / 9)
            return;
        if (Uri.EscapeDataString(row.PartitionKey).Length + Uri.EscapeDataString(row.RowKey).Length is var length and > MaxAddress)
            throw new ArgumentException($"The keys of a row have at most {MaxAddress} characters when percent-encoded, these have {length}.", nameof(row));
    }

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
            double number when !double.IsFinite(number) => $"is {number}; store finite numbers",
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
