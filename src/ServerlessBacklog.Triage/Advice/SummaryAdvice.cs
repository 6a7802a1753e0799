using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>Purpose: sums up a long thread: where it stands, what changed last, what was decided, what is open; every point with its quote.</summary>
public sealed class SummaryAdvice : StepAdvice<SummaryAnswer>
{
    private const int Longest = 300;
    private const int MostListed = 8;

    public override string Step => StepName.Summary;

    public override PromptFile Prompt => PromptList.Summary;

    public override string What => "sums up long threads";

    public override bool IsWorthAsking(WorkItem item, Finding finding, StepContext context) => finding.Status == FindingStatus.Decided;

    public override IReadOnlyList<SourceText> Sources(AdviceCase about) => [.. ItemTexts.Own(about.Item), .. ItemTexts.Thread(about)];

    public override IEnumerable<string> Faults(SummaryAnswer answer, AdviceCase about)
    {
        if (answer.State.Trim().Length is 0 or > Longest || answer.Changed.Length > Longest)
            yield return $"state is empty, or state or changed has more than {Longest} characters";
        if (answer.Points.Count is 0 or > MostListed || answer.Decided.Count > MostListed || answer.Open.Count > MostListed)
            yield return $"there must be 1 to {MostListed} points, and at most {MostListed} decisions and open questions";
        if (answer.Decided.Concat(answer.Open).Concat(answer.Points.Select(p => p.Text)).Any(t => t.Trim().Length is 0 or > Longest))
            yield return $"an entry is empty or has more than {Longest} characters";
        var sources = Sources(about).ToDictionary(s => s.Name, s => s.Text);
        if (answer.Points.Any(p => !sources.ContainsKey(p.Source)))
            yield return "a point names a source that is not there";
        else if (answer.Points.Any(p => !Quotes.Holds(p.Quote, [sources[p.Source]])))
            yield return "a quote does not stand in the text that it is said to come from";
    }

    public override Finding Fold(SummaryAnswer answer, AdviceCase about) => about.Finding with
    {
        Reason = answer.State.Trim(),
        Confidence = new Confidence(0.8),
        Evidence =
        [
            .. answer.Changed.Trim().Length > 0 ? [new Evidence(EvidenceKind.State, $"changed last: {answer.Changed.Trim()}")] : Array.Empty<Evidence>(),
            .. answer.Points.Select(p => new Evidence(EvidenceKind.Point, $"{p.Source}: {p.Text.Trim()}") { Quote = p.Quote }),
            .. answer.Decided.Select(d => new Evidence(EvidenceKind.State, $"decided: {d.Trim()}")),
            .. answer.Open.Select(o => new Evidence(EvidenceKind.State, $"open: {o.Trim()}")),
        ],
    };
}

public sealed record SummaryAnswer(
    string State, string Changed, IReadOnlyList<SummaryPoint> Points, IReadOnlyList<string> Decided, IReadOnlyList<string> Open);

/// <param name="Source">Name of the text that it comes from: <c>comment 3</c>.</param>
public sealed record SummaryPoint(string Text, string Source, string Quote);
