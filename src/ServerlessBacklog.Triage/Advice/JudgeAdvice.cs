using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// Purpose: reads an item beside the candidates that the local judge is not sure of (FEATURES D1, D3). What it says moves their probability; the candidates are
/// those that were found, and no other item can come out.
/// </summary>
public sealed class JudgeAdvice : StepAdvice<JudgeAnswer>
{
    /// <summary>Candidates of one question (FEATURES §4.2: codex uses at most five).</summary>
    public const int MostCandidates = 5;

    /// <summary>Surer than this the local judge needs nobody.</summary>
    public const double SureAt = 0.97;

    /// <summary>
    /// Likely enough to look at: lower than what is shown as related, because a reader sees in paraphrases what words do not tell. On two of the labelled sets it
    /// brings the right candidate among the five to the judge for .59 and .84 of the duplicates, where asking about every report brings .67 and .86
    /// (<c>backlog eval duplicate-judge</c>).
    /// </summary>
    public const double LookAt = 0.10;

    private const int MostFacts = 5;
    private const int MostText = 4_000;

    public override string Step => StepName.Duplicates;

    public override PromptFile Prompt => PromptList.DuplicateJudge;

    public override string What => "judges likely duplicates";

    public override bool IsWorthAsking(WorkItem item, Finding finding, StepContext context) =>
        item.IsOpen && finding.Score is >= LookAt and < SureAt;

    /// <summary>In an order that their likelihood, which moves a little with every item that comes, does not change: the same candidates are asked about once.</summary>
    public override IReadOnlyList<WorkItemRef> Others(WorkItem item, Finding finding, StepContext context) =>
        [.. DuplicatesStep.Candidates(item, context, MostCandidates, LookAt).Select(c => c.Item).OrderBy(c => c.ToString(), StringComparer.Ordinal)];

    public override IReadOnlyList<SourceText> Sources(AdviceCase about) =>
    [
        .. Cut(ItemTexts.Own(about.Item)),
        .. about.Others.SelectMany((o, i) => Cut(ItemTexts.Own(o, $"{Id(i)} "))),
    ];

    public override IEnumerable<string> Faults(JudgeAnswer answer, AdviceCase about)
    {
        var ids = about.Others.Select((_, i) => Id(i)).ToList();
        if (answer.Verdicts.Any(v => !ids.Contains(v.Candidate)))
            yield return "a verdict names a candidate that was not given";
        else if (answer.Verdicts.Count != ids.Count || answer.Verdicts.Select(v => v.Candidate).Distinct().Count() != ids.Count)
            yield return "not every candidate has exactly one verdict";
        else if (answer.Verdicts.Any(v => v.Shared.Count > MostFacts || v.Differing.Count > MostFacts || v.Differing.Any(d => d.Length is 0 or > 300)))
            yield return $"a list has more than {MostFacts} entries, or an entry is empty or longer than 300 characters";
        else if (answer.Verdicts.Any(v => v.Verdict == PairVerdict.Duplicate && v.Shared.Count < 2))
            yield return "a duplicate needs two shared facts";
        else if (answer.Verdicts.Any(v => v.Shared.Any(s => !Quotes.Holds(s.Item, [about.Item.Title, about.Item.Body]) || !Quotes.Holds(s.Candidate, TextsOf(v.Candidate)))))
            yield return "a quote does not stand in the text that it is said to come from";

        IEnumerable<string> TextsOf(string id) => about.Others[ids.IndexOf(id)] is var other ? [other.Title, other.Body] : [];
    }

    public override Finding Fold(JudgeAnswer answer, AdviceCase about)
    {
        var pairs = answer.Verdicts.ToDictionary(
            v => about.Others[int.Parse(v.Candidate.AsSpan(1)) - 1].Ref,
            v => new JudgedPair(v.Verdict,
            [
                .. v.Shared.Select(s => new Evidence(EvidenceKind.Shared, $"“{s.Item}” and “{s.Candidate}”") { Quote = s.Item }),
                .. v.Differing.Select(d => new Evidence(EvidenceKind.Differs, d)),
            ]));
        return new DuplicatesStep().Judged(about.Item, about.Context, pairs);
    }

    protected override IReadOnlyDictionary<WorkItemRef, PairVerdict> VerdictsIn(JudgeAnswer answer, AdviceCase about) =>
        answer.Verdicts.ToDictionary(v => about.Others[int.Parse(v.Candidate.AsSpan(1)) - 1].Ref, v => v.Verdict);

    private static string Id(int i) => $"c{i + 1}";

    /// <summary>So that one long report does not push the others out.</summary>
    private static IEnumerable<SourceText> Cut(IEnumerable<SourceText> texts) => texts.Select(t => t with { Text = TokenEstimate.Cut(t.Text, MostText / 4) });
}

public sealed record JudgeAnswer(IReadOnlyList<CandidateVerdict> Verdicts);

/// <param name="Candidate">As it was named in the prompt: <c>c1</c>.</param>
public sealed record CandidateVerdict(string Candidate, PairVerdict Verdict, IReadOnlyList<SharedFact> Shared, IReadOnlyList<string> Differing);

/// <param name="Item">Quote from the item.</param>
/// <param name="Candidate">Quote from the candidate.</param>
public sealed record SharedFact(string Item, string Candidate);
