namespace ServerlessBacklog.Triage.Evaluation.Assign;

/// <summary>One question and at which place (from 1; 0 nowhere) the true assignee stood.</summary>
internal sealed record AskedAssignment(int Ours, double? Confidence, IReadOnlyDictionary<string, int> Baselines);
