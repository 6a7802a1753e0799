using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Audit;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>What decisions that led to something rested on, for good.</summary>
public interface IExplanations
{
    /// <summary>Keeps one; a decision that has one keeps the one it has.</summary>
    Task KeepAsync(string backlog, Explanation explanation, CancellationToken cancellation);

    /// <summary>Null when the decision led to nothing.</summary>
    Task<Explanation?> FindAsync(string backlog, WorkItemRef item, string decision, CancellationToken cancellation);
}
