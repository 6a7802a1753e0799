using System.Collections.Concurrent;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>
/// A tracker that writes down what it was told to do. As a real one, it leaves a marker with each change and looks for markers only when
/// told that a change may be done; whoever forgets to say so writes twice, and <see cref="Written"/> shows it.
/// </summary>
public sealed class FakeTracker(string name = "github") : ILiveTracker
{
    private readonly ConcurrentQueue<IReadOnlyList<Effect>> calls = new();
    private readonly ConcurrentQueue<Change> written = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> notices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Change> markers = new(StringComparer.Ordinal);

    public string Name => name;

    public string SourceForm => $"{name}:owner/repo";

    public bool CanWrite { get; set; } = true;

    public string? WhyNotWritable => CanWrite ? null : $"'{Name}' can only be read";

    public FakeHooks Webhooks { get; } = new();

    public ITrackerHooks Hooks => Webhooks;

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

    /// <summary>What a look at an item answers; by default it cannot be read, so that what is stored counts.</summary>
    public Func<WorkItemRef, ItemLook> Looks { get; set; } = _ => new ItemLook(LookState.NotReadable, Why: "this tracker is a fake");

    public Task<string> ResolveAsync(string project, CancellationToken cancellation) => Task.FromResult(project);

    /// <summary>Pages that are asked for, in order; may throw.</summary>
    public Func<TrackerPageRequest, TrackerPage> Pages { get; set; } = _ => new TrackerPage();

    /// <summary>Every page that was asked for.</summary>
    public List<TrackerPageRequest> PagesAsked { get; } = [];

    /// <summary>What the tracker lists as open.</summary>
    public ISet<WorkItemRef> Open { get; } = new HashSet<WorkItemRef>();

    public Task<TrackerPage> ReadPageAsync(TrackerPageRequest request, CancellationToken cancellation)
    {
        PagesAsked.Add(request);
        return Task.FromResult(Pages(request));
    }

    public Task<IReadOnlySet<WorkItemRef>> ListOpenAsync(string project, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlySet<WorkItemRef>>(Open.ToHashSet());

    public Task<ItemLook> LookAsync(WorkItemRef item, CancellationToken cancellation) => Task.FromResult(Looks(item));

    /// <summary>What people may do; strangers read.</summary>
    public Dictionary<string, TrackerRole> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who gave a thumbs-down to a notice, by its name.</summary>
    public Dictionary<string, Person[]> Against { get; } = [];

    /// <summary>Moments at which notices were written; they follow <see cref="Now"/>.</summary>
    public Func<DateTimeOffset> Now { get; set; } = () => An.Instant;

    public Task<TrackerRole> RoleOfAsync(string project, Person person, CancellationToken cancellation) =>
        Task.FromResult(Roles.GetValueOrDefault(person.Login, TrackerRole.Reader));

    public Task<NoticeLook?> FindNoticeAsync(WorkItemRef item, string name, CancellationToken cancellation) =>
        Task.FromResult(notices.TryGetValue(name, out var at) ? new NoticeLook(at, Against.GetValueOrDefault(name, [])) : null);

    /// <summary>Somebody deletes our notice.</summary>
    public void DeleteNotice(string name) => notices.TryRemove(name, out _);

    public Task<HookReport> TendHooksAsync(IReadOnlyList<string> projects, CancellationToken cancellation) => Task.FromResult(HookReport.Nothing);

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
            if (effect.Change is GiveNotice notice)
                notices.TryAdd(notice.Name, Now());
        }

        await After(call);
        return [.. effects.Select(e => new ChangeOutcome(e.Key, e.Change, ChangeState.Applied))];
    }
}
