using ServerlessBacklog.Adapters.Storage.Deliveries;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Storage.Erasure;

/// <summary>
/// Goes through all that is stored, kind by kind. The names are remembered first: whoever stores an item from then on knows them, and a
/// run after a crash knows them all although the directory has lost the person.
/// </summary>
public sealed class PersonEraser(IStorage storage, IModelCache? answers = null, TimeProvider? time = null) : IPersonEraser
{
    private readonly ErasedPeople erased = new(storage.Tables);

    public async Task<ErasedPerson> EraseAsync(IReadOnlyList<string> names, string? backlog, bool isTrial, CancellationToken cancellation)
    {
        if (names.Any(n => Pseudonyms.LengthOf(n) < 2))
            throw new UserErrorException("A name of one letter stands in every text. Give a name of two letters or more.");
        var directory = await storage.People.LoadAsync(cancellation);
        var records = directory.People.Where(p => NamesOf(p).Intersect(names, StringComparer.OrdinalIgnoreCase).Any()).ToList();
        var (pseudonym, all) = await erased.AddAsync([.. names, .. records.SelectMany(NamesOf)], isTrial, cancellation);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in backlog is null ? await storage.Backlogs.BacklogsAsync(cancellation) : [backlog])
        {
            await InBacklogAsync(name, all, isTrial, counts, cancellation);
            Add(counts, "first contacts", await ContactsAsync(name, [.. names, .. records.SelectMany(NamesOf)], isTrial, cancellation));
        }

        if (backlog is null)
            await BesideAsync(directory, records, all, isTrial, counts, cancellation);
        if (!isTrial)
            await storage.CompactAsync(cancellation);
        return new ErasedPerson(pseudonym, all, counts.Where(c => c.Value > 0).ToDictionary());
    }

    private async Task InBacklogAsync(string backlog, ErasedNames names, bool isTrial, Dictionary<string, int> counts, CancellationToken cancellation)
    {
        var partition = Keys.Backlog(backlog);
        Add(counts, "items", await ItemsAsync(backlog, names, isTrial, cancellation));
        foreach (var (table, what) in (IEnumerable<(string, string)>)[(Keys.FindingTable, "findings"), (Keys.DecisionTable, "decisions"), (Keys.OutcomeTable, "outcomes"), (Keys.ExplanationTable, "explanations")])
            Add(counts, what, await In(table).RunAsync(partition, null, cancellation));
        Add(counts, "refusals", await In(Keys.OverrideTable).RunAsync(partition, ErasedDocuments.OverrideKey, cancellation));
        Add(counts, "asks and waits", await In(Keys.PendingTable).RunAsync(partition, null, cancellation));
        Add(counts, "alerts and reminders", await In(Keys.WatchTable).RunAsync(partition, null, cancellation));
        Add(counts, "messages", await ErasedMessages.RunAsync(storage.Tables.Open(Keys.NotificationTable), partition, names, isTrial, cancellation));
        Add(counts, "rows of the audit log", await new ErasedAudit(new AuditRows(storage.Tables, time ?? TimeProvider.System), time ?? TimeProvider.System).RunAsync(backlog, names, isTrial, cancellation));
        Add(counts, "settings", await In(Keys.CursorTable).TextsAsync(partition, "Value", text => text.StartsWith('{') ? ErasedJson.In(names, text) : text, cancellation));
        Add(counts, "configurations", await ErasedConfigurations.RunAsync(storage.Snapshots, Configurations.NameOf(backlog), names, isTrial, cancellation));
        if (await storage.Backlogs.CursorAsync(backlog, ImportItems.SourceCursor, cancellation) is { } source)
            Add(counts, "configurations", await ErasedConfigurations.RunAsync(storage.Snapshots, Configurations.NameOfOwner(SourceAddress.Parse(source)), names, isTrial, cancellation));
        if (isTrial)
            return;
        await new DocumentTable(storage.Tables.Open(Keys.ItemTable)).DropLeftAsync(partition, cancellation);
        await SnapshotKeeper.ForgetAsync(backlog, $"{Guid.NewGuid():n}", storage.Backlogs, storage.Snapshots, cancellation);
        await ViewKeeper.ForgetAsync(backlog, $"{Guid.NewGuid():n}", storage.Backlogs, storage.Snapshots, cancellation);
        if (answers is not null)
            Add(counts, "answers of models", await answers.PurgeAsync(backlog, null, cancellation));

        ErasedDocuments In(string table) => new(storage.Tables.Open(table), names, isTrial);
    }

    /// <summary>Rows that are keyed by the hash of a name go as a whole.</summary>
    private async Task<int> ContactsAsync(string backlog, IReadOnlyList<string> names, bool isTrial, CancellationToken cancellation)
    {
        var (table, count) = (storage.Tables.Open(Keys.CursorTable), 0);
        foreach (var cursor in names.Select(FirstContact.CursorOf).Distinct())
        {
            if (await table.FindAsync(Keys.Backlog(backlog), Keys.Cursor(cursor), null, cancellation) is not { } row)
                continue;
            count++;
            if (!isTrial)
                await table.DeleteAsync(row, cancellation);
        }

        return count;
    }

    private async Task<int> ItemsAsync(string backlog, ErasedNames names, bool isTrial, CancellationToken cancellation)
    {
        var changed = 0;
        await foreach (var item in storage.Backlogs.ItemsAsync(backlog, cancellation))
        {
            if (ItemRow.Of(names.In(item)).JsonDigest == ItemRow.Of(item).JsonDigest)
                continue;
            changed++;
            if (!isTrial)
                await storage.Backlogs.UpdateItemAsync(backlog, item.Ref, known => known.Item is { } stored ? ItemUpdate.Save(names.In(stored)) : ItemUpdate.Nothing, cancellation);
        }

        return changed;
    }

    /// <summary>What belongs to no backlog; the directory last, because it says which names are one person's.</summary>
    private async Task BesideAsync(
        PeopleDirectory directory, List<PersonRecord> records, ErasedNames names, bool isTrial, Dictionary<string, int> counts, CancellationToken cancellation)
    {
        Add(counts, "deliveries", await new DeliveryErasure(storage.DeliveryTables.Open(DeliveryKeys.Table), storage.Snapshots).RunAsync(names, isTrial, cancellation));
        Add(counts, "addresses", await ErasedMessages.RunAsync(storage.Tables.Open(Keys.AddressTable), Keys.PausedAddresses, names, isTrial, cancellation));
        Add(counts, "words in chats", await ErasedMessages.RunAsync(storage.Tables.Open(Keys.ChatTable), Keys.Chats, names, isTrial, cancellation));
        Add(counts, "alarms", await new ErasedDocuments(storage.Tables.Open("alarms"), names, isTrial).TextsAsync("alarms", "Text", names.In, cancellation));
        Add(counts, "records of people", records.Count);
        if (!isTrial && records.Count > 0)
            await storage.People.SaveAsync(new PeopleDirectory([.. directory.People.Except(records)]), cancellation);
    }

    private static void Add(Dictionary<string, int> counts, string what, int count) => counts[what] = counts.GetValueOrDefault(what) + count;

    private static IEnumerable<string> NamesOf(PersonRecord person) => PeopleDirectory.Systems.Select(person.In).Prepend(person.Name).OfType<string>();
}
