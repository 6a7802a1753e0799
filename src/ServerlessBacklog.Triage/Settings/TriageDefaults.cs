using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Settings;

/// <summary>What the host's own settings say for every backlog.</summary>
/// <param name="Policy">How far steps may go; null leaves it to each backlog, which begins in shadow mode.</param>
public sealed record TriageDefaults(DecisionPolicy? Policy = null);
