using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Statuses;

/// <summary>
/// Brings signs of work to the items that it is work on, wherever they are stored. What is not stored here gets none: a text may name anything. Told twice, or
/// in another order, the items come out the same.
/// </summary>
public sealed class SignDesk(IBacklogStore store, LiveBacklogs live)
{
    /// <summary>Items that one source is work on, as far as it is remembered.</summary>
    private const int MostItems = 20;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new(StringComparer.Ordinal);

    /// <param name="backlog">The backlog whose project tells.</param>
    /// <returns>The items whose signs changed.</returns>
    public async Task<IReadOnlyList<SignedItem>> TakeAsync(string backlog, IReadOnlyList<ToldSign> told, CancellationToken cancellation)
    {
        var changed = new List<SignedItem>();
        foreach (var sign in told)
        {
            foreach (var (home, item, known) in await ItemsAsync(backlog, sign, cancellation))
            {
                if ((await store.UpdateItemAsync(home, item, stored => ItemMerge.Of(stored, [known]), cancellation)).IsChange)
                    changed.Add(new SignedItem(home, item));
            }
        }

        return [.. changed.Distinct()];
    }

    /// <summary>The state of a child, told to the items that are its parents.</summary>
    public async Task<IReadOnlyList<SignedItem>> TellParentsAsync(string backlog, WorkItem? before, WorkItem after, DateTimeOffset at, CancellationToken cancellation)
    {
        if (before?.State == after.State || after.Kind != WorkItemKind.Item)
            return [];
        var kind = after.State switch { WorkItemState.Closed => WorkSignKind.ChildClosed, WorkItemState.Started => WorkSignKind.ChildStarted, _ => WorkSignKind.ChildOpened };
        return await TakeAsync(backlog, [.. after.Linked(LinkKind.ChildOf).Select(p => new ToldSign(p.Tracker, p.Project, p.Number, new WorkSign(kind, at, after.Ref.ToString())))], cancellation);
    }

    private async Task<IReadOnlyList<(string Backlog, WorkItemRef Item, WorkSign Sign)>> ItemsAsync(string backlog, ToldSign told, CancellationToken cancellation)
    {
        var found = told.Number is { } number ? await FindAsync(backlog, told.Tracker, told.Project, number, cancellation) : null;
        if (!told.IsLink && told.Number is not null)
            return found is null ? [] : [(found.Backlog, found.Item, told.Sign)];
        // Which items a source is linked to, and how it stands, are told by different events, in either order and at once. Each writes its own and then reads
        // the other's: so at least one of the two sees both.
        var source = StorageKey.Of(told.Sign.Source);
        var turn = turns.GetOrAdd(backlog, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellation);
        try
        {
            if (!told.IsLink)
                await SaveAsync(backlog, $"work {source}", WorkSign.Merge(await ReadAsync<WorkSign>(backlog, $"work {source}", cancellation) is { } before ? [before] : null, [told.Sign])![0], cancellation);
            if (found is not null)
                await SaveAsync(backlog, $"worked {source}", (await LinkedAsync(backlog, source, cancellation)).Append(found).Distinct().TakeLast(MostItems).ToList(), cancellation);
        }
        finally
        {
            turn.Release();
        }

        return await ReadAsync<WorkSign>(backlog, $"work {source}", cancellation) is { } sign
            ? [.. (await LinkedAsync(backlog, source, cancellation)).Select(i => (i.Backlog, i.Item, sign))]
            : [];
    }

    private async Task<IReadOnlyList<SignedItem>> LinkedAsync(string backlog, string source, CancellationToken cancellation) =>
        await ReadAsync<List<SignedItem>>(backlog, $"worked {source}", cancellation) ?? [];

    private async Task<T?> ReadAsync<T>(string backlog, string cursor, CancellationToken cancellation)
        where T : class =>
        await store.CursorAsync(backlog, cursor, cancellation) is { } json ? JsonSerializer.Deserialize<T>(json) : null;

    private Task SaveAsync<T>(string backlog, string cursor, T value, CancellationToken cancellation) =>
        store.SetCursorAsync(backlog, cursor, JsonSerializer.Serialize(value), cancellation);

    /// <summary>The stored item of that number: in its project, or in the only project of the tracker that has it.</summary>
    private async Task<SignedItem?> FindAsync(string backlog, string tracker, string? project, string number, CancellationToken cancellation)
    {
        var found = new List<SignedItem>();
        await foreach (var home in live.ListAsync(cancellation))
        {
            if (home.Source.Tracker != tracker || (project is not null && !home.Source.Location.Equals(project, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (await store.FindItemsAsync(home.Name, [new WorkItemRef(tracker, home.Source.Location, number)], cancellation) is [{ Kind: WorkItemKind.Item } item])
                found.Add(new SignedItem(home.Name, item.Ref));
        }

        return found is [var only] ? only : found.Find(f => f.Backlog == backlog);
    }
}

public sealed record SignedItem(string Backlog, WorkItemRef Item);
