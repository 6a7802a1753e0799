using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Settings;

/// <summary>What the host's own settings say for every backlog.</summary>
/// <param name="Policy">How far steps may go; null leaves it to each backlog, which begins in shadow mode.</param>
/// <param name="WithoutGate">True to let steps go as far as is configured though no gate was passed: the operator's own risk.</param>
public sealed record TriageDefaults(DecisionPolicy? Policy = null, bool WithoutGate = false);
