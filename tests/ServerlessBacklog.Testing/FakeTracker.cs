using System.Collections.Concurrent;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>
/// A tracker that writes down what it was told to do. As a real one, it leaves a marker with each change and looks for markers only when
/// told that a change may be done; whoever forgets to say so writes twice, and <see cref="Written"/> shows it.
/// </summary>
public sealed class FakeTracker(string name = "github") : ITracker
{
    private readonly ConcurrentQueue<IReadOnlyList<Effect>> calls = new();
    private readonly ConcurrentQueue<Change> written = new();
    private readonly ConcurrentDictionary<string, Change> markers = new(StringComparer.Ordinal);

    public string Name => name;

    public string SourceForm => $"{name}:owner/repo";

    public bool CanWrite { get; set; } = true;

    /// <summary>Every call, in order, those that failed too.</summary>
    public IReadOnlyList<IReadOnlyList<Effect>> Calls => [.. calls];

    /// <summary>Every change made, in order; one made twice is there twice.</summary>
    public IReadOnlyList<Change> Written => [.. written];

    /// <summary>Keys of the effects whose marker the tracker holds.</summary>
    public IReadOnlyCollection<string> Markers => [.. markers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Called before anything is written, with the number of the call from 1 on; may throw.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after all is written and before the caller hears of it; may throw.</summary>
    public Func<int, Task> After { get; set; } = _ => Task.CompletedTask;

    public IAsyncEnumerable<SourceRecord> ReadAsync(SourceAddress source, CancellationToken cancellation) => AsyncEnumerable.Empty<SourceRecord>();

    public async Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem item, IReadOnlyList<Effect> effects, CancellationToken cancellation)
    {
        if (!CanWrite)
            throw new NotSupportedException($"'{Name}' can only be read.");
        calls.Enqueue(effects);
        var call = calls.Count;
        await Before(call);
        foreach (var effect in effects.Where(e => !(e.MayBeDone && markers.ContainsKey(e.Key))))
        {
            written.Enqueue(effect.Change);
            markers[effect.Key] = effect.Change;
        }

        await After(call);
        return [.. effects.Select(e => new ChangeOutcome(e.Key, e.Change, ChangeState.Applied))];
    }
}
