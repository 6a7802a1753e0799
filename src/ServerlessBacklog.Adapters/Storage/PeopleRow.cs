using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Storage;

/// <summary>The people directory as one document, so that it is always whole: table <c>people</c>, partition <c>people</c>, row <c>directory</c>.</summary>
public sealed class PeopleRow(ITableStore tables) : IPeopleDirectory
{
    private const string Partition = "people";
    private const string Row = "directory";

    private readonly ITable table = tables.Open("people");
    private volatile Read? last;

    /// <remarks>Reads the row's version, and the row when that is another one.</remarks>
    public async Task<PeopleDirectory> LoadAsync(CancellationToken cancellation)
    {
        if (await table.FindAsync(Partition, Row, [], cancellation) is not { } head)
            return PeopleDirectory.Empty;
        if (last is { } known && known.ETag == head.ETag)
            return known.People;
        if (await table.FindAsync(Partition, Row, null, cancellation) is not { } row)
            return PeopleDirectory.Empty;
        var people = new PeopleDirectory((await new DocumentTable(table).ReadAllAsync<IReadOnlyList<PersonRecord>>([row], cancellation))[0]);
        last = new Read(row.ETag, people);
        return people;
    }

    public async Task SaveAsync(PeopleDirectory people, CancellationToken cancellation) => await table.UpsertAsync(
        await new DocumentTable(table).RowAsync(Partition, Row, DocumentTable.Write(people.People), [], cancellation), cancellation);

    private sealed record Read(string? ETag, PeopleDirectory People);
}
