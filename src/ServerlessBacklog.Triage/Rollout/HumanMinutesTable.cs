using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Rollout;

/// <summary>How long an answer of a person takes, by its kind. Own choice: reading an ask and its reason takes half a minute, a reason written down another.</summary>
public static class HumanMinutesTable
{
    public const double Accepted = 0.5;
    public const double Rejected = 1;
    public const double TakenBack = 2;

    /// <summary>Minutes of the answers in an outcome.</summary>
    /// <param name="takenBack">Changes of it that people took back.</param>
    public static double Of(DecisionOutcome outcome, int takenBack) => (takenBack * TakenBack) + outcome switch
    {
        { By: null } => 0,
        { State: OutcomeState.Rejected } => Rejected,
        _ => Accepted,
    };
}
