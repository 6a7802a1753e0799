using System.Globalization;
using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>Words a prediction of a field as a finding; the steps for type and area share it.</summary>
internal static class FieldFinding
{
    /// <summary>Below this the value is a guess that nobody needs: the item stays in the triage queue.</summary>
    public const double AnswerAt = 0.6;

    /// <summary>From here on a value that differs from the one people chose is worth a note. It is never proposed: people had the last word.</summary>
    private const double DisagreeAt = 0.9;

    private const int Alternatives = 3;

    public static Finding Of(string step, WorkItem item, string field, string? current, FieldPrediction prediction, Func<string, Change> change)
    {
        var best = prediction.Values[0];
        var percent = Percent(best.Probability);
        var finding = new Finding
        {
            Step = step,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = Confidence.Clamp(best.Probability),
            Reason = $"Reads like {field} {best.Value} ({percent}), as in the backlog's own items.",
            Evidence = [.. Facts(field, prediction)],
        };
        if (current is not null)
        {
            return best.Probability >= DisagreeAt && !string.Equals(best.Value, current, StringComparison.OrdinalIgnoreCase)
                ? finding with { Reason = $"The {field} is {current}, but the text reads like {best.Value} ({percent})." }
                : Finding.Nothing(step, item.Ref, $"The {field} is {current}.");
        }

        return best.Probability < AnswerAt
            ? finding with { Status = FindingStatus.NotYet, Reason = $"No {field} is sure enough (best: {best.Value}, {percent}): left to the triage queue." }
            : finding with { Proposals = [new Proposal(change(best.Value), Confidence.Clamp(best.Probability))] };
    }

    private static IEnumerable<Evidence> Facts(string field, FieldPrediction prediction)
    {
        if (prediction.Words.Count > 0)
            yield return new Evidence(EvidenceKind.Note, $"words that speak for {prediction.Best}: {string.Join(", ", prediction.Words)}");
        foreach (var (value, probability) in prediction.Values.Take(Alternatives))
            yield return new Evidence(EvidenceKind.Note, $"{field} {value}: {Percent(probability)}") { Value = Math.Round(probability, 4) };
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
