using System.Globalization;
using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: says which parts an item lacks and what to ask, so that nobody starts on an item that cannot be understood. The confidence
/// is the probability that a person would call the item vague; one that is clear enough but lacks a part is named without a proposal.
/// </summary>
public sealed class ClarityStep : ItemStep
{
    /// <summary>The label that vague items get.</summary>
    public const string NeedsInfo = "needs-info";

    public override string Name => StepName.Clarity;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content;

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, item.IsOpen ? "Pull requests are not examined." : "The item is closed.");
        if (!ClarityExaminer.CanRead(item.Title, item.Body))
            return Finding.NotYet(Name, item.Ref, "The text is not in English words that the rules can read.");

        var kind = ItemKinds.Infer(item.Type, item.Labels.Select(l => l.Name), item.Title, item.Body);
        // What we asked ourselves is neither told by people nor asked already: it would be asked in other words each time.
        var others = item.History.Comments.Where(c => !c.IsOurs).ToList();
        var human = item.History.WrittenByPeople().Select(c => c.Body).ToList();
        var report = ClarityExaminer.Examine(kind, item.Title, item.Body, human);
        var lacking = report.IsVague || report.IsIncomplete;
        var questions = lacking
            ? ClarityQuestions.For(report, item.Title, [.. others.Select(c => c.Body)])
            : [];
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = lacking || report.Contradictions.Count > 0 ? FindingStatus.Decided : FindingStatus.NothingToSay,
            Confidence = Confidence.Clamp(lacking ? report.VagueProbability : 1 - report.VagueProbability),
            Score = report.Score,
            Reason = Explain(report),
            Evidence = [.. Facts(report, human.Count), .. questions.Select(q => new Evidence(EvidenceKind.Question, q.Text))],
            Proposals = [.. Propose(item, report, questions)],
        };
    }

    private static IEnumerable<Proposal> Propose(WorkItem item, ClarityReport report, IReadOnlyList<ClarityQuestion> questions)
    {
        if (!report.IsVague)
            yield break;
        var confidence = Confidence.Clamp(report.VagueProbability);
        if (!item.HasLabel(NeedsInfo))
            yield return new Proposal(new AddLabel(new Label(NeedsInfo)), confidence);
        if (questions.Count > 0)
            yield return new Proposal(new AddComment(Comment([.. questions.Select(q => q.Text)])), confidence);
    }

    internal static string Comment(IReadOnlyList<string> questions) =>
        "Thank you for the report. To start on this item we lack some information:\n\n"
        + string.Join('\n', questions.Select((q, i) => $"{i + 1}. {Escape(q)}"));

    /// <summary>Quoted words stay words: no mention, no reference, no markup and no HTML comes out of them.</summary>
    private static string Escape(string text)
    {
        foreach (var sign in "\\`*_[]<>|~")
            text = text.Replace(sign.ToString(), $"\\{sign}", StringComparison.Ordinal);
        return text.Replace("@", "@\u200b", StringComparison.Ordinal).Replace("#", "#\u200b", StringComparison.Ordinal)
            .Replace("://", ":\u200b//", StringComparison.Ordinal);
    }

    private static IEnumerable<Evidence> Facts(ClarityReport report, int comments)
    {
        var looked = comments switch
        {
            0 => "looked in title and description",
            1 => "looked in title, description and 1 comment",
            _ => $"looked in title, description and {comments} comments",
        };
        foreach (var part in report.Missing.OrderByDescending(Cost))
            yield return new Evidence(EvidenceKind.Missing, RequiredParts.NameOf(part.Part, report.Kind)) { Value = Cost(part), Quote = part.Quote };
        if (report.Missing.Any())
            yield return new Evidence(EvidenceKind.Note, looked);
        foreach (var part in report.Parts.Where(p => p.Place is not null))
            yield return new Evidence(EvidenceKind.Present, $"{RequiredParts.NameOf(part.Part, report.Kind)} (in the {part.Place})") { Quote = part.Quote };
        foreach (var conflict in report.Contradictions)
            yield return new Evidence(EvidenceKind.Conflict, $"\"{conflict.First}\" against \"{conflict.Second}\": {conflict.Why}") { Quote = conflict.First };
    }

    private static double Cost(FoundPart part) => Math.Round(part.Weight * (1 - part.Filled), 4);

    private static string Explain(ClarityReport report)
    {
        var missing = report.Missing.OrderByDescending(Cost).Select(p => RequiredParts.NameOf(p.Part, report.Kind)).ToList();
        var score = report.Score.ToString("0.00", CultureInfo.InvariantCulture);
        var conflict = report.Contradictions.Count > 0 ? " Two statements contradict each other." : "";
        var lacks = missing.Count == 0 ? "it says little beyond the title" : "lacks " + string.Join(", ", missing);
        return report.IsVague ? $"Hard to start on ({score}): {lacks}.{conflict}"
            : report.IsIncomplete ? $"Clear enough to start on ({score}), but {lacks}.{conflict}"
            : $"Clear enough to start on ({score}).{conflict}";
    }
}
