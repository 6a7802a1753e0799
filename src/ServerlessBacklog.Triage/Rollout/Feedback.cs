using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>Thumbs that people give to what is said on an item, by month. A person has one on an item: the newer takes the place of the older.</summary>
public sealed class Feedback(IBacklogStore store)
{
    /// <summary>As many as a row holds with room to spare; older ones of the month are then counted only.</summary>
    private const int Most = 150;

    public async Task AddAsync(string backlog, Thumb thumb, CancellationToken cancellation)
    {
        var month = await MonthAsync(backlog, thumb.At, cancellation);
        List<Thumb> thumbs = [.. month.Thumbs.Where(t => t.By != thumb.By || t.Item != thumb.Item), thumb];
        var dropped = thumbs.Take(Math.Max(0, thumbs.Count - Most)).ToList();
        var after = new FeedbackMonth([.. thumbs.Skip(dropped.Count)], month.OlderUp + dropped.Count(t => t.IsUp), month.OlderDown + dropped.Count(t => !t.IsUp));
        await store.SetCursorAsync(backlog, CursorOf(thumb.At), JsonSerializer.Serialize(after), cancellation);
    }

    public async Task<FeedbackMonth> MonthAsync(string backlog, DateTimeOffset at, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, CursorOf(at), cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<FeedbackMonth>(json)! : new FeedbackMonth([], 0, 0);

    private static string CursorOf(DateTimeOffset at) => $"feedback {at.UtcDateTime:yyyy-MM}";
}

/// <param name="By">Login of the person.</param>
public sealed record Thumb(WorkItemRef Item, bool IsUp, string By, DateTimeOffset At);

/// <param name="Thumbs">Oldest first.</param>
/// <param name="OlderUp">Thumbs-up that are counted only.</param>
public sealed record FeedbackMonth(IReadOnlyList<Thumb> Thumbs, int OlderUp, int OlderDown)
{
    public int Up => OlderUp + Thumbs.Count(t => t.IsUp);

    public int Down => OlderDown + Thumbs.Count(t => !t.IsUp);
}
