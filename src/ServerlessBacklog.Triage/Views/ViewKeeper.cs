using System.Collections.Concurrent;
using System.Globalization;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.Triage.Views;

/// <summary>
/// Keeps each backlog's view: a body that is worked out when something changed, not when somebody looks. A small backlog is shown as it is now; a large
/// one as it was at most a minute or so ago, and the view says when. Any process may work it out; the others notice by a cursor.
/// </summary>
public sealed class ViewKeeper(IBacklogStore store, IPendingStore pending, ISnapshotStore bodies, Reporting reporting, TimeProvider time)
{
    /// <summary>Cursor that names the view stored last.</summary>
    private const string StoredCursor = "view";

    /// <summary>Cursor that holds when something changed that no item shows: a decision, an outcome.</summary>
    private const string ChangedCursor = "view-changed";

    /// <summary>A view that took no longer is worked out anew for whoever looks, in seconds.</summary>
    private const double Quick = 0.25;

    /// <summary>Of the time that passes, working out views takes at most one part in so many.</summary>
    private const int Share = 10;

    private readonly ConcurrentDictionary<string, KeptView> kept = new(StringComparer.Ordinal);
    private readonly ViewBodies stored = new(bodies);

    /// <summary>Deletes what is stored of a backlog's view, because it holds what was erased there.</summary>
    public static async Task ForgetAsync(string backlog, string mark, IBacklogStore store, ISnapshotStore bodies, CancellationToken cancellation)
    {
        foreach (var name in ViewBodies.NamesOf(backlog))
            await bodies.DeleteAsync(name, cancellation);
        await store.SetCursorAsync(backlog, StoredCursor, $"forgotten {mark}", cancellation);
    }

    /// <summary>Says that a decision or an outcome was stored, which no item shows.</summary>
    public static Task TouchAsync(IBacklogStore store, string backlog, DateTimeOffset now, CancellationToken cancellation) =>
        store.SetCursorAsync(backlog, ChangedCursor, Text(now), cancellation);

    /// <summary>The view with its table of all items; worked out when there is none.</summary>
    public Task<BacklogView> CurrentAsync(string backlog, CancellationToken cancellation) => ReadAsync(backlog, needsItems: true, cancellation);

    /// <summary>The view without its table of items: small, however large the backlog is.</summary>
    public Task<BacklogView> HeadAsync(string backlog, CancellationToken cancellation) => ReadAsync(backlog, needsItems: false, cancellation);

    /// <summary>Works the view out anew from all that is stored.</summary>
    public async Task<BacklogView> RefreshAsync(string backlog, CancellationToken cancellation)
    {
        var memory = Memory(backlog);
        await memory.Building.WaitAsync(cancellation);
        try
        {
            return await BuildAsync(backlog, memory, cancellation);
        }
        finally
        {
            memory.Building.Release();
        }
    }

    /// <summary>Works the view out from what has been read already, as after a sweep.</summary>
    /// <param name="mark">Of the tail, taken before <paramref name="input"/> was read.</param>
    /// <param name="began">Time stamp of when that reading began.</param>
    public async Task<BacklogView> KeepAsync(ReportInput input, string mark, long began, CancellationToken cancellation)
    {
        var memory = Memory(input.Name);
        await memory.Building.WaitAsync(cancellation);
        try
        {
            return await BuildAsync(memory, memory.Begin(), began, input, mark, cancellation);
        }
        finally
        {
            memory.Building.Release();
        }
    }

    /// <summary>Works those views out anew that something has changed since, each as often as its size allows. For timers.</summary>
    public async Task RefreshDueAsync(CancellationToken cancellation)
    {
        foreach (var backlog in await store.BacklogsAsync(cancellation))
        {
            var now = await FindAsync(backlog, Memory(backlog), needsItems: false, cancellation);
            if (now is null || (time.GetUtcNow() - now.View.BuiltAt > TimeSpan.FromSeconds(now.View.Seconds * Share) && await IsOldAsync(backlog, now, cancellation)))
                await RefreshAsync(backlog, cancellation);
        }
    }

    private async Task<BacklogView> ReadAsync(string backlog, bool needsItems, CancellationToken cancellation)
    {
        var memory = Memory(backlog);
        var begun = memory.Begun;
        if (await FindAsync(backlog, memory, needsItems, cancellation) is { } found && (found.View.Seconds > Quick || !await IsOldAsync(backlog, found, cancellation)))
            return found.View;
        await memory.Building.WaitAsync(cancellation);
        try
        {
            // Whoever waited while another began to work it out has it there.
            return memory.Done > begun && memory.Current is { HasItems: true } built ? built.View : await BuildAsync(backlog, memory, cancellation);
        }
        finally
        {
            memory.Building.Release();
        }
    }

    /// <summary>The view stored last, from memory where that one is it; null when there is none.</summary>
    private async Task<LoadedView?> FindAsync(string backlog, KeptView memory, bool needsItems, CancellationToken cancellation)
    {
        if (await store.CursorAsync(backlog, StoredCursor, cancellation) is not { } version)
            return null;
        if (memory.Current is { } current && current.Version == version && (current.HasItems || !needsItems))
            return current;
        await memory.Loading.WaitAsync(cancellation);
        try
        {
            var view = memory.Current is { } known && known.Version == version ? known : await stored.HeadAsync(backlog, version, cancellation);
            if (view is { HasItems: false } && needsItems)
                view = await stored.WithItemsAsync(backlog, view, cancellation);
            if (view is not null)
                memory.Current = view;
            return view;
        }
        finally
        {
            memory.Loading.Release();
        }
    }

    /// <summary>Whether anything was stored since; what was stored within the same minute may count twice.</summary>
    private async Task<bool> IsOldAsync(string backlog, LoadedView view, CancellationToken cancellation) =>
        (DateTimeOffset.TryParse(await store.CursorAsync(backlog, ChangedCursor, cancellation), CultureInfo.InvariantCulture, out var changed) && changed >= view.View.BuiltAt)
        || (await store.TailAsync(backlog, view.Mark, cancellation)).Changed.Count > 0;

    private async Task<BacklogView> BuildAsync(string backlog, KeptView memory, CancellationToken cancellation)
    {
        var (build, began) = (memory.Begin(), time.GetTimestamp());
        var mark = (await store.TailAsync(backlog, null, cancellation)).Mark;
        return await BuildAsync(memory, build, began, await reporting.LoadAsync(backlog, cancellation), mark, cancellation);
    }

    private async Task<BacklogView> BuildAsync(KeptView memory, long build, long began, ReportInput input, string mark, CancellationToken cancellation)
    {
        // The moment at which reading began: what was stored meanwhile may not be in it.
        var at = time.GetUtcNow() - time.GetElapsedTime(began);
        var asks = await pending.AsksAsync(input.Name, cancellation);
        var report = ReportBuilder.Build(input);
        var before = (await FindAsync(input.Name, memory, needsItems: false, cancellation))?.View.Insights;
        var view = new BacklogView
        {
            Report = report,
            Insights = InsightsBuilder.Build(input, report, before),
            BuiltAt = at,
            Waiting = ReviewQueue.Of(input.Decisions, asks, at, step: null).Count,
        };
        view = view with { Seconds = time.GetElapsedTime(began).TotalSeconds };
        var built = new LoadedView($"{Text(at)} {mark}", mark, view, HasItems: true);
        memory.End(build, built);
        try
        {
            await stored.SaveAsync(input.Name, built, cancellation);
            await store.SetCursorAsync(input.Name, StoredCursor, built.Version, cancellation);
        }
        catch (UserErrorException)
        {
            // A store that may only be read is shown all the same; the next to look works it out again.
        }

        return view;
    }

    private KeptView Memory(string backlog) => kept.GetOrAdd(backlog, _ => new KeptView());

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
