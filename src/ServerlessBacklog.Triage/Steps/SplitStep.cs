using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: says which items hold several pieces of work, and which pieces. By rules these are the tasks that the item lists itself; a language model
/// (<see cref="Advice.SplitAdvice"/>) proposes them where it lists none. Nothing is created without a person (FEATURES G9).
/// </summary>
public sealed class SplitStep : ItemStep
{
    /// <summary>Children of one item that are proposed at once (FEATURES G9).</summary>
    public const int MostChildren = AddChild.MostAtOnce;

    /// <summary>Estimated points from which an item is called too large for one piece (own choice).</summary>
    private const double LargeEffort = 13;

    public override string Name => StepName.Split;

    public override int Version => 2;

    public override StepReads Reads => StepReads.Content | StepReads.Findings;

    public override int Stage => 2;

    public override Finding Examine(WorkItem item, StepContext context)
    {
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items are cut.");
        if (item.Linked(LinkKind.ParentOf).Any())
            return Finding.Nothing(Name, item.Ref, $"It has {item.Linked(LinkKind.ParentOf).Count()} children already.");
        var signs = SplitSigns.Of(item.Body).ToList();
        var effort = item.StoryPoints ?? (context.EarlierFinding(item.Ref, StepName.Effort) is { Status: FindingStatus.Decided } sized ? sized.Score : null);
        if (effort >= LargeEffort)
            signs.Add($"{effort:0.#} points");
        if (signs.Count == 0)
            return Finding.Nothing(Name, item.Ref, "It seems to be one piece of work.");
        var parts = ListedParts.Of(item.Body, MostChildren);
        var finding = new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = new Confidence(signs.Count > 1 ? 0.75 : 0.6),
            Score = signs.Count,
            Reason = $"It seems to hold several pieces of work: {string.Join(", ", signs)}.",
            Evidence = [.. parts.Select(p => new Evidence(EvidenceKind.Child, p.Title) { Quote = p.Line.Length <= 300 ? p.Line : null })],
        };
        return WithChildren(finding, item, context, parts.Select(p => new ProposedChild(p.Title, p.Line)));
    }

    /// <summary>The finding with a proposal for each child that is not there yet.</summary>
    public static Finding WithChildren(Finding finding, WorkItem item, StepContext context, IEnumerable<ProposedChild> children)
    {
        var there = context.Backlog.Model(ChildTitles.Of).Below(item);
        return finding with
        {
            Proposals =
            [
                .. from child in children
                   where !there.Contains(child.Title.Trim())
                   let title = WrittenText.For(item, OneLine(child.Title))
                   let text = WrittenText.For(item, child.Text(item.Ref), item.Ref)
                   where title is not null && text is not null
                   select new Proposal(new AddChild(title, text), finding.Confidence),
            ],
        };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
