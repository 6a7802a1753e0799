using System.Collections.Concurrent;

namespace ServerlessBacklog.Testing.Workflow;

/// <summary>One attempt of an activity.</summary>
/// <param name="Key">What it was called with, or the part of it that tells calls apart.</param>
/// <param name="Scope">Tells dependency injection scopes apart.</param>
public sealed record Execution(string Activity, string Key, Guid Scope = default);

/// <summary>
/// Every attempt of every activity, in the order in which they began. A single one outlives all restarts, so that a test sees whether a
/// result that was recorded is computed again. In memory; a runtime in another process keeps and reads them elsewhere.
/// </summary>
public class Executions
{
    private readonly ConcurrentQueue<Execution> all = new();
    private readonly ConcurrentDictionary<(string Activity, string Key), int> counts = new();

    private readonly ConcurrentBag<Guid> endedScopes = [];

    public virtual IReadOnlyList<Execution> All => [.. all];

    /// <summary>Dependency injection scopes that have ended.</summary>
    public virtual IReadOnlyCollection<Guid> EndedScopes => endedScopes;

    /// <returns>How many attempts of this activity with this key there have been, this one included.</returns>
    public virtual int Add(Execution execution)
    {
        all.Enqueue(execution);
        return counts.AddOrUpdate((execution.Activity, execution.Key), 1, (_, n) => n + 1);
    }

    public virtual void EndScope(Guid scope) => endedScopes.Add(scope);

    public int Count(string activity, string key) => All.Count(e => e.Activity == activity && e.Key == key);
}
