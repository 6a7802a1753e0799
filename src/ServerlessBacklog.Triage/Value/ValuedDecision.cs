using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Value;

/// <summary>What one decision was worth, in minutes.</summary>
/// <param name="Lost">Of acts that were taken back.</param>
internal sealed record ValuedDecision(IReadOnlyList<(string Act, int Kept, int Undone)> Acts, int Pending, double Saved, double Lost, double Review)
{
    public static ValuedDecision Of(DecisionOutcome outcome, ValueInput input)
    {
        var minutes = input.Settings.Minutes;
        var stands = outcome.By is not null || outcome.At.AddDays(ValueSettings.StandsAfterDays) <= input.To;
        var acts = new List<(string Act, int Kept, int Undone)>();
        var pending = 0;
        foreach (var change in outcome.Changes)
        {
            if (ValueSettings.ActOf(change.Change) is not { } act)
                continue;
            if (change.State == ChangeState.Undone)
                acts.Add((act, 0, 1));
            else if (change.State == ChangeState.Applied && stands)
                acts.Add((act, 1, 0));
            else if (change.State == ChangeState.Applied)
                pending++;
        }

        return new ValuedDecision(
            acts,
            pending,
            acts.Sum(a => a.Kept * minutes.GetValueOrDefault(a.Act)),
            acts.Sum(a => a.Undone * minutes.GetValueOrDefault(a.Act)),
            IsAnswered(outcome) ? input.Settings.ReviewMinutes : 0);
    }

    /// <summary>True when a person said yes or no; silence, and being asked later, cost nobody a look that we know of.</summary>
    public static bool IsAnswered(DecisionOutcome outcome) =>
        outcome.State == OutcomeState.Rejected || (outcome.By is not null && outcome.State is (OutcomeState.Applied or OutcomeState.Applying));

    /// <summary>With all minutes of the table times <paramref name="table"/> where they are saved; what is lost and what is looked through stay whole.</summary>
    public double Net(double table) => (Saved * table) - Lost - Review;
}
