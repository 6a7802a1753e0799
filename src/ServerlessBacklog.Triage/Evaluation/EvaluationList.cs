using ServerlessBacklog.Triage.Evaluation.Assign;
using ServerlessBacklog.Triage.Evaluation.Duplicates;
using ServerlessBacklog.Triage.Evaluation.Effort;
using ServerlessBacklog.Triage.Evaluation.Fields;
using ServerlessBacklog.Triage.Evaluation.Flow;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>All evaluations, in the order in which they are shown.</summary>
public static class EvaluationList
{
    public static IReadOnlyList<IEvaluation> All { get; } =
    [
        new DuplicatesEvaluation(),
        new AssignEvaluation(),
        new FieldEvaluation(EvaluatedField.Type),
        new FieldEvaluation(EvaluatedField.Area),
        new FieldEvaluation(EvaluatedField.Priority),
        new EffortEvaluation(),
        new CycleTimeEvaluation(),
        new ForecastEvaluation(),
        new ArrivalsEvaluation(),
        new MilestonesEvaluation(),
        new VagueEvaluation(),
        new StaleEvaluation(),
        new LinksEvaluation(),
    ];

    public static IEvaluation? Find(string task) => All.FirstOrDefault(e => e.Task == task);
}
