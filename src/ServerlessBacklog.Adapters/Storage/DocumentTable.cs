using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>
/// Keeps JSON documents of any length in rows. One that fits a text property stays readable there; a longer one is compressed into
/// binary pieces beside it, and what a row cannot hold goes to continuation rows, named by its digest and written before the row that
/// points to them: a reader sees the old document or the new one. Continuations of replaced documents (over 2 MB of text) are left.
/// </summary>
internal sealed class DocumentTable(ITable table)
{
    private const string Json = "Json";
    private const string Piece = "Piece";
    private const string Continued = "Continued";
    private const int AtOnce = 250;

    /// <summary>Of the 1 MiB that a row may have Azure counts the bytes, Azurite the base64 in the request: a third more.</summary>
    private const int PiecesPerRow = 11;

    private const int BytesPerRow = PiecesPerRow * TableRules.MaxBytes;
    private static readonly Task<List<TableRow>> Nothing = Task.FromResult(new List<TableRow>());

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, StorageJson.Options);

    /// <summary>Digest of a document's JSON, as 32 hex digits.</summary>
    public static string DigestOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16));

    public static string DigestOf(string text) => DigestOf(Encoding.UTF8.GetBytes(text));

    /// <summary>The row for a document with further <paramref name="columns"/>; what does not fit the row is written at once.</summary>
    public async ValueTask<TableRow> RowAsync(
        string partition, string row, byte[] json, IEnumerable<KeyValuePair<string, object>> columns, CancellationToken cancellation)
    {
        var properties = new Dictionary<string, object>(columns);
        if (json.Length <= TableRules.MaxText || Encoding.UTF8.GetCharCount(json) <= TableRules.MaxText)
        {
            properties.Add(Json, Encoding.UTF8.GetString(json));
            return new TableRow(partition, row, properties);
        }

        var packed = Compress(json);
        AddPieces(properties, packed.AsSpan(0, Math.Min(packed.Length, BytesPerRow)));
        if (packed.Length > BytesPerRow)
        {
            var prefix = $"{row}|{DigestOf(json)}|";
            var rest = packed.Skip(BytesPerRow).Chunk(BytesPerRow).ToList();
            await table.UpsertAllAsync(rest.Select((bytes, i) => Continuation(partition, $"{prefix}{i:0000}", bytes)), cancellation);
            properties.Add(Continued, prefix);
            properties.Add($"{Continued}Rows", (long)rest.Count);
        }

        return new TableRow(partition, row, properties);
    }

    /// <summary>The documents of a range in row key order. While some are parsed, on all cores, the next ones are fetched.</summary>
    public async IAsyncEnumerable<T> RangeAsync<T>(
        string partition, RowKeyRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var rows = table.RangeAsync(partition, range, null, cancellation).GetAsyncEnumerator(cancellation);
        var next = TakeAsync(rows);
        try
        {
            while (await next is { Count: > 0 } chunk)
            {
                next = chunk.Count < AtOnce ? Nothing : Task.Run(() => TakeAsync(rows), cancellation);
                foreach (var document in await ReadAllAsync<T>(chunk, cancellation))
                    yield return document;
            }
        }
        finally
        {
            // A caller that stops early leaves a fetch under way, which must end before its enumerator does.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The documents of some rows, parsed on all cores.</summary>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var documents = new T[rows.Count];
        var unpacked = new byte[rows.Count][];
        for (var i = 0; i < rows.Count; i++)
            unpacked[i] = rows[i].Text(Json) is null ? await UnpackAsync(rows[i], cancellation) : [];
        Parallel.For(0, rows.Count, i => documents[i] = rows[i].Text(Json) is { } json
            ? JsonSerializer.Deserialize<T>(json, StorageJson.Options)!
            : JsonSerializer.Deserialize<T>(unpacked[i], StorageJson.Options)!);
        return documents;
    }

    /// <summary>The JSON of a row's document; null for a row that holds none.</summary>
    public async Task<string?> TextAsync(TableRow row, CancellationToken cancellation) =>
        row.Text(Json) ?? (row.Properties.ContainsKey(PieceName(0)) ? Encoding.UTF8.GetString(await UnpackAsync(row, cancellation)) : null);

    /// <summary>What a row holds beside its document.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Beside(TableRow row) =>
        row.Properties.Where(p => p.Key is not (Json or Continued or $"{Continued}Rows") && !p.Key.StartsWith(Piece, StringComparison.Ordinal));

    /// <summary>Deletes the continuations in a partition to which no row points: of documents that were replaced.</summary>
    public async Task DropLeftAsync(string partition, CancellationToken cancellation)
    {
        // Those that are there now: a document that is written meanwhile has its continuations before its row.
        var more = await table.RangeAsync(Keys.Continuations(partition), RowKeyRange.All, [], cancellation).ToListAsync(cancellation);
        if (more.Count == 0)
            return;
        var kept = await table.RangeAsync(partition, RowKeyRange.All, [Continued], cancellation)
            .Select(r => r.Text(Continued)).OfType<string>().ToHashSetAsync(StringComparer.Ordinal, cancellation);
        foreach (var row in more.Where(r => !kept.Contains(r.RowKey[..(r.RowKey.LastIndexOf('|') + 1)])))
            await table.DeleteAsync(row, cancellation);
    }

    private static async Task<List<TableRow>> TakeAsync(IAsyncEnumerator<TableRow> rows)
    {
        var chunk = new List<TableRow>();
        while (chunk.Count < AtOnce && await rows.MoveNextAsync())
            chunk.Add(rows.Current);
        return chunk;
    }

    private async Task<byte[]> UnpackAsync(TableRow row, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        AppendPieces(packed, row);
        if (row.Text(Continued) is { } prefix)
        {
            var rows = 0L;
            await foreach (var more in table.RangeAsync(Keys.Continuations(row.PartitionKey), RowKeyRange.Prefix(prefix), null, cancellation))
            {
                AppendPieces(packed, more);
                rows++;
            }

            if (rows != row.Number($"{Continued}Rows"))
                throw new InvalidDataException($"The stored document '{row.RowKey}' is incomplete: {rows} of {row.Number($"{Continued}Rows")} continuation rows.");
        }

        packed.Position = 0;
        using var json = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionMode.Decompress))
            await brotli.CopyToAsync(json, cancellation);
        return json.ToArray();
    }

    private static TableRow Continuation(string partition, string row, byte[] bytes)
    {
        var properties = new Dictionary<string, object>();
        AddPieces(properties, bytes);
        return new TableRow(Keys.Continuations(partition), row, properties);
    }

    private static byte[] Compress(byte[] json)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
            brotli.Write(json);
        return packed.ToArray();
    }

    private static void AddPieces(Dictionary<string, object> properties, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; !bytes.IsEmpty; i++)
        {
            var length = Math.Min(bytes.Length, TableRules.MaxBytes);
            properties.Add(PieceName(i), bytes[..length].ToArray());
            bytes = bytes[length..];
        }
    }

    private static void AppendPieces(MemoryStream packed, TableRow row)
    {
        for (var i = 0; row.Properties.GetValueOrDefault(PieceName(i)) is byte[] bytes; i++)
            packed.Write(bytes);
    }

    private static string PieceName(int i) => Piece + i.ToString("00", CultureInfo.InvariantCulture);
}
