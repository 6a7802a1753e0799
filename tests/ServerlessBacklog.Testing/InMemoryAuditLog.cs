using System.Collections.Concurrent;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Testing;

/// <summary>An audit log of one day.</summary>
public sealed class InMemoryAuditLog : IAuditLog
{
    private readonly Dictionary<string, List<AuditRow>> logs = [];

    /// <summary>True to fail whatever is appended.</summary>
    public bool IsBroken { get; set; }

    public Task AppendAsync(string backlog, IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        if (IsBroken)
            throw new IOException("the log cannot be written");
        lock (logs)
        {
            if (!logs.TryGetValue(backlog, out var rows))
                logs[backlog] = rows = [];
            foreach (var entry in entries)
            {
                if (rows.TrueForAll(r => AuditSeal.Open(r)!.Key != AuditSeal.KeyOf(entry)))
                    rows.Add(AuditSeal.Close(backlog, entry, AuditSeal.Write(entry.Words), new AuditPlace(new DateOnly(2026, 1, 1), rows.Count + 1, rows is [.., var last] ? last.Hash : AuditSeal.Genesis, entry.At)));
            }
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<AuditRow> ReadAsync(string backlog, DateOnly? from, DateOnly? to, CancellationToken cancellation) => Rows(backlog).ToAsyncEnumerable();

    public Task<IReadOnlyList<AuditRow>> OnItemAsync(string backlog, WorkItemRef item, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AuditRow>>([.. Rows(backlog).Where(r => AuditSeal.Open(r)!.Item == item)]);

    public Task<AuditHead?> HeadAsync(string backlog, CancellationToken cancellation) =>
        Task.FromResult(Rows(backlog) is [.., var last] ? new AuditHead(last.Day, last.Sequence, last.Hash, last.Sequence) : null);

    private List<AuditRow> Rows(string backlog)
    {
        lock (logs)
            return [.. logs.GetValueOrDefault(backlog, [])];
    }
}

public sealed class InMemoryExplanations : IExplanations
{
    private readonly ConcurrentDictionary<(string Backlog, WorkItemRef Item, string Decision), Explanation> kept = new();

    public Task KeepAsync(string backlog, Explanation explanation, CancellationToken cancellation)
    {
        kept.TryAdd((backlog, explanation.Item, explanation.Decision), explanation);
        return Task.CompletedTask;
    }

    public Task<Explanation?> FindAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation) =>
        Task.FromResult(kept.GetValueOrDefault((backlog, item, decision)));
}
