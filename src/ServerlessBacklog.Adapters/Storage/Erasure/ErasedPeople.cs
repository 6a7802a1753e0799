using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Adapters.Storage.Erasure;

/// <summary>
/// Who was erased: hashes only, with the key that makes them, in one document: table <c>erased</c>, partition <c>erased</c>, row <c>people</c>.
/// Consulted wherever items are stored.
/// </summary>
internal sealed class ErasedPeople(ITableStore tables)
{
    private const string Partition = "erased";
    private const string Row = "people";

    /// <summary>Another process can only get in between so often: each time it has erased somebody too.</summary>
    private const int MaxAttempts = 20;

    private readonly ITable table = tables.Open("erased");
    private volatile Read? last;

    /// <remarks>Reads the row's version, and the row when that is another one.</remarks>
    public async ValueTask<ErasedNames> LoadAsync(CancellationToken cancellation)
    {
        if (await table.FindAsync(Partition, Row, [], cancellation) is not { } head)
            return NamesOf(Kept.Nobody);
        if (last is { } known && known.ETag == head.ETag)
            return known.Names;
        if (await table.FindAsync(Partition, Row, null, cancellation) is not { } row)
            return NamesOf(Kept.Nobody);
        var names = NamesOf(await OfAsync(row, cancellation));
        last = new Read(row.ETag, names);
        return names;
    }

    /// <summary>Adds the names of one person, of which some may be there.</summary>
    /// <param name="isTrial">True to keep nothing.</param>
    /// <returns>The person's pseudonym, and all names.</returns>
    public async Task<(string Pseudonym, ErasedNames Names)> AddAsync(IReadOnlyCollection<string> names, bool isTrial, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var stored = await table.FindAsync(Partition, Row, null, cancellation);
            var kept = stored is null ? new Kept(Pseudonyms.NewKey(), []) : await OfAsync(stored, cancellation);
            var pseudonyms = new Pseudonyms(kept.Key);
            var hashes = names.Select(n => (Name: n, Hash: pseudonyms.HashOf(n))).DistinctBy(n => n.Hash).ToList();
            var pseudonym = kept.Names.FirstOrDefault(n => hashes.Exists(h => h.Hash == n.Hash))?.Pseudonym ?? pseudonyms.Of(names.First());
            var news = hashes.Where(h => kept.Names.All(n => n.Hash != h.Hash)).Select(h => new ErasedName(h.Hash, Pseudonyms.LengthOf(h.Name), pseudonym)).ToList();
            var now = kept with { Names = [.. kept.Names, .. news] };
            if (isTrial || news.Count == 0)
                return (pseudonym, NamesOf(now));
            var row = await new DocumentTable(table).RowAsync(Partition, Row, DocumentTable.Write(now), [], cancellation);
            if ((stored is null ? await table.InsertAsync(row, cancellation) : await table.ReplaceAsync(row with { ETag = stored.ETag }, cancellation)) is not null)
                return (pseudonym, NamesOf(now));
        }

        throw new IOException("The names could not be saved: other writers were always faster.");
    }

    private async Task<Kept> OfAsync(TableRow row, CancellationToken cancellation) => (await new DocumentTable(table).ReadAllAsync<Kept>([row], cancellation))[0];

    private static ErasedNames NamesOf(Kept kept) => new(new Pseudonyms(kept.Key), kept.Names);

    private sealed record Read(string? ETag, ErasedNames Names);

    private sealed record Kept(byte[] Key, IReadOnlyList<ErasedName> Names)
    {
        public static Kept Nobody { get; } = new([], []);
    }
}
