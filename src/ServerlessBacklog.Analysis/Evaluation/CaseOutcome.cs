namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>One answer of a model whose truth is known.</summary>
/// <param name="Confidence">What the model said of its own certainty, 0 … 1.</param>
public readonly record struct CaseOutcome(double Confidence, bool Right);
