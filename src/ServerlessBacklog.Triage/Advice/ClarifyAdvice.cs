using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Privacy;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// Purpose: asks what is really missing, in words about this item, and drops what the thread answers in other words than the rules know (FEATURES Q1, Q4, Q6).
/// </summary>
public sealed class ClarifyAdvice : StepAdvice<ClarifyAnswer>
{
    private const int LongestQuestion = 200;

    public override string Step => StepName.Clarity;

    public override PromptFile Prompt => PromptList.Clarify;

    public override string What => "asks what is missing";

    public override bool IsWorthAsking(WorkItem item, Finding finding, StepContext context) =>
        finding.Status == FindingStatus.Decided && Missing(finding).Any();

    public override IReadOnlyList<SourceText> Sources(AdviceCase about) =>
    [
        new SourceText("missing", string.Join('\n', Missing(about.Finding)), ItemField.State),
        .. ItemTexts.Own(about.Item),
        .. ItemTexts.Thread(about),
    ];

    public override IEnumerable<string> Faults(ClarifyAnswer answer, AdviceCase about)
    {
        var missing = Missing(about.Finding).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (answer.Questions.Count > ClarityQuestions.Most)
            yield return $"there are more than {ClarityQuestions.Most} questions";
        if (answer.Answered.Select(a => a.Part).Concat(answer.Questions.Select(q => q.Part)).Any(p => !missing.Contains(p)))
            yield return "a part is named that is not in the list of missing parts";
        if (answer.Questions.Select(q => q.Part).Concat(answer.Answered.Select(a => a.Part)).GroupBy(p => p, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1))
            yield return "a part is named twice";
        if (answer.Questions.Any(q => !q.Question.TrimEnd().EndsWith('?') || q.Question.Length is < 8 or > LongestQuestion))
            yield return $"a question does not end with a question mark, or has not 8 to {LongestQuestion} characters";
        if (answer.Answered.Select(a => a.Quote).Concat(answer.Contradictions.SelectMany(c => new[] { c.First, c.Second })).Any(q => !Quotes.Holds(q, about.Texts)))
            yield return "a quote does not stand in the texts letter by letter";
        if (answer.Contradictions.Any(c => c.First == c.Second))
            yield return "a contradiction quotes the same words twice";
    }

    public override Finding Fold(ClarifyAnswer answer, AdviceCase about)
    {
        var (finding, answered) = (about.Finding, answer.Answered.ToDictionary(a => a.Part, a => a.Quote, StringComparer.OrdinalIgnoreCase));
        var left = Missing(finding).Where(m => !answered.ContainsKey(m)).ToList();
        var questions = answer.Questions.Where(q => left.Contains(q.Part, StringComparer.OrdinalIgnoreCase)).Select(q => q.Question.Trim()).ToList();
        var conflicts = answer.Contradictions.Select(c => new Evidence(EvidenceKind.Conflict, $"\"{c.First}\" against \"{c.Second}\": {c.Why}") { Quote = c.First });
        var evidence = finding.Evidence
            .Where(e => e.Kind != EvidenceKind.Question && !(e.Kind == EvidenceKind.Missing && answered.ContainsKey(e.Text)))
            .Concat(answered.Select(a => new Evidence(EvidenceKind.Present, $"{a.Key} (in other words)") { Quote = a.Value }))
            .Concat(conflicts.Where(c => finding.EvidenceOf(EvidenceKind.Conflict).All(known => known.Quote != c.Quote)))
            .Concat(questions.Select(q => new Evidence(EvidenceKind.Question, q)))
            .ToList();
        var hasConflict = evidence.Exists(e => e.Kind == EvidenceKind.Conflict);
        if (left.Count == 0 && !hasConflict)
        {
            return Finding.Nothing(finding.Step, finding.Item, "Clear enough to start on: what the rules missed is said in other words.") with
            {
                Score = finding.Score,
                Evidence = evidence,
                Due = finding.Due,
            };
        }

        var reason = answered.Count == 0 ? finding.Reason : $"{finding.Reason} Said in other words: {string.Join(", ", answered.Keys)}.";
        return finding with
        {
            Reason = hasConflict && !finding.EvidenceOf(EvidenceKind.Conflict).Any() ? $"{reason} Two statements contradict each other." : reason,
            Evidence = evidence,
            Proposals = [.. Proposals(finding, left, questions)],
        };
    }

    /// <summary>A vague item whose missing parts are all answered is not vague; one without a question gets no comment.</summary>
    private static IEnumerable<Proposal> Proposals(Finding finding, List<string> left, List<string> questions)
    {
        foreach (var proposal in finding.Proposals)
        {
            if (proposal.Change is not AddComment)
            {
                if (left.Count > 0)
                    yield return proposal;
            }
            else if (questions.Count > 0)
            {
                yield return proposal with { Change = new AddComment(ClarityStep.Comment(questions)) };
            }
        }
    }

    private static IEnumerable<string> Missing(Finding finding) => finding.EvidenceOf(EvidenceKind.Missing).Select(e => e.Text);
}

public sealed record ClarifyAnswer(IReadOnlyList<AnsweredPart> Answered, IReadOnlyList<PartQuestion> Questions, IReadOnlyList<ClarifyConflict> Contradictions);

public sealed record AnsweredPart(string Part, string Quote);

public sealed record PartQuestion(string Part, string Question);

public sealed record ClarifyConflict(string First, string Second, string Why);
