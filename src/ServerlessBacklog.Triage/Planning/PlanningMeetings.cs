using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Planning;

/// <summary>How long planning meetings really took, as people entered it: what turns the model of <see cref="TimeModel"/> into a measurement.</summary>
public sealed class PlanningMeetings(IBacklogStore store)
{
    private const string Cursor = "planning-meetings";

    /// <summary>Meetings kept; older ones are dropped.</summary>
    private const int Most = 100;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<PlanningMeeting>> LoadAsync(string backlog, CancellationToken cancellation) =>
        await store.CursorAsync(backlog, Cursor, cancellation) is { Length: > 0 } json ? JsonSerializer.Deserialize<List<PlanningMeeting>>(json) ?? [] : [];

    public async Task AddAsync(string backlog, PlanningMeeting meeting, CancellationToken cancellation)
    {
        var all = (await LoadAsync(backlog, cancellation)).Append(meeting).TakeLast(Most);
        await store.SetCursorAsync(backlog, Cursor, JsonSerializer.Serialize(all), cancellation);
    }
}

/// <param name="Minutes">From its beginning to its end.</param>
/// <param name="WithPack">True for one that was held with a planning pack.</param>
public sealed record PlanningMeeting(DateTimeOffset At, double Minutes, bool WithPack);
