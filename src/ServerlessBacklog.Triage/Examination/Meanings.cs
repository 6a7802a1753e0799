using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>Sees to it that encoders which ask a service have asked before a snapshot is built, and that what was not to be had is had later.</summary>
internal sealed class Meanings(IBacklogStore store, IEncoders? encoders)
{
    /// <summary>Items that one sweep looks at again because they lack a vector.</summary>
    private const int MostCompleted = 5_000;

    /// <returns>The items given, whose vectors are there now, as far as they could be had.</returns>
    public async Task<IReadOnlyList<WorkItem>> PreparedAsync(string backlog, IReadOnlyList<WorkItem> items, CancellationToken cancellation)
    {
        if (items.Count > 0 && encoders?.For(backlog) is IPreparedEncoder encoder)
            await encoder.PrepareAsync(items, cancellation);
        return items;
    }

    /// <summary>Brings in vectors that a service did not give when it was asked last. Items that have one now count as changed.</summary>
    public async Task<(BacklogSnapshot Now, SnapshotChange Change)> CompleteAsync(
        string backlog, (BacklogSnapshot Now, SnapshotChange Change) compared, CancellationToken cancellation)
    {
        if (encoders?.For(backlog) is not IPreparedEncoder encoder)
            return compared;
        var (now, change) = compared;
        var lacking = now.Items.Values.Where(o => o.Vector is null).OrderByDescending(o => o.Item.IsOpen).Take(MostCompleted).Select(o => o.Item.Ref).ToList();
        if (lacking.Count == 0)
            return compared;
        var items = await PreparedAsync(backlog, await store.FindItemsAsync(backlog, lacking, cancellation), cancellation);
        var complete = items.Where(i => encoder.Encode(Analysis.Text.EncodedText.Of(i.Title, i.Body)) is not null).ToList();
        return complete.Count == 0 ? compared : (now.With(complete, []), change with { Changed = [.. change.Changed, .. complete.Select(i => i.Ref)] });
    }
}
