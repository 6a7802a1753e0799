using ServerlessBacklog.Triage.Evaluation.Assign;
using ServerlessBacklog.Triage.Evaluation.Duplicates;
using ServerlessBacklog.Triage.Evaluation.Effort;
using ServerlessBacklog.Triage.Evaluation.Flow;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>All evaluations, in the order in which they are shown.</summary>
public static class EvaluationList
{
    public static IReadOnlyList<IEvaluation> All { get; } =
    [
        new DuplicatesEvaluation(),
        new AssignEvaluation(),
        new EffortEvaluation(),
        new CycleTimeEvaluation(),
        new ForecastEvaluation(),
    ];

    public static IEvaluation? Find(string task) => All.FirstOrDefault(e => e.Task == task);
}
