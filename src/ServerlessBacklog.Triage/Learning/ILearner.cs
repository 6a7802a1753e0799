using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Learning;

/// <summary>Learns one small model from a backlog. Pure.</summary>
public interface ILearner
{
    string Name { get; }

    /// <summary>Changes when <see cref="LearnedModel.Weights"/> of before cannot be used any more.</summary>
    int Format { get; }

    /// <param name="before">The model in use, of this format; null for none.</param>
    /// <returns>The model to use from now on: a new one, or <paramref name="before"/> where that one does better on the newest cases; null where the backlog teaches nothing yet.</returns>
    LearnedModel? Learn(BacklogSnapshot backlog, LearnedModel? before);
}

/// <summary>All learners.</summary>
public static class LearnerList
{
    public static IReadOnlyList<ILearner> All { get; } = [new DuplicateLearner()];
}
