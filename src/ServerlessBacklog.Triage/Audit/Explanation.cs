using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Audit;

/// <summary>
/// What a decision rested on, kept beside it when it leads to anything: findings are replaced by newer ones, and every act must be explainable for good.
/// </summary>
/// <param name="At">When it was kept.</param>
/// <param name="Settings">Version of the settings that it was decided by; null where that is not known.</param>
/// <param name="IsLater">True when the findings were taken when it was acted on, not when it was decided: they may be newer than the decision.</param>
/// <param name="Findings">Those of the steps that have a part in it.</param>
public sealed record Explanation(string Decision, WorkItemRef Item, DateTimeOffset At, string? Settings, bool IsLater, IReadOnlyList<ExaminedFinding> Findings);
