using ServerlessBacklog.Triage.Evaluation.Duplicates;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>All evaluations, in the order in which they are shown.</summary>
public static class EvaluationList
{
    public static IReadOnlyList<IEvaluation> All { get; } =
    [
        new DuplicatesEvaluation(),
        new VagueEvaluation(),
        new StaleEvaluation(),
        new LinksEvaluation(),
    ];

    public static IEvaluation? Find(string task) => All.FirstOrDefault(e => e.Task == task);
}
