using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Statuses;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>
/// Purpose: moves an item to the status that the rule table gives for what happened to the work on it: branch, pull request, comment, children (FEATURES R1).
/// The newest fact for which there is a rule counts. What a person moved since stays where it is, and closing is asked, never done.
/// </summary>
public sealed class StatusStep : ItemStep
{
    public override string Name => StepName.Status;

    public override int Version => 1;

    public override StepReads Reads => StepReads.Content | StepReads.Neighbours | StepReads.Policy;

    public override Finding Examine(WorkItem item, StepContext context)
    {
        var rules = context.Settings.Statuses.Rules;
        if (rules.Count == 0)
            return Finding.Nothing(Name, item.Ref, "No rule says when a status changes.");
        if (!item.IsOpen || item.Kind == WorkItemKind.PullRequest)
            return Finding.Nothing(Name, item.Ref, "Only open work items are moved.");
        var chosen = StatusFacts.Of(item, context.Backlog)
            .Select(f => (Fact: f, Rule: rules.FirstOrDefault(r => r.When == f.Cause && Fits(r, item))))
            .Where(f => f.Rule is not null)
            .OrderByDescending(f => f.Fact.At).ThenByDescending(f => f.Fact.Cause)
            .FirstOrDefault();
        return chosen.Rule is null ? Finding.Nothing(Name, item.Ref, "Nothing has happened for which there is a rule.") : Propose(item, chosen.Fact, chosen.Rule);
    }

    private Finding Propose(WorkItem item, StatusFact fact, StatusRule rule)
    {
        if (!rule.Close && string.Equals(item.TrackerState, rule.To, StringComparison.OrdinalIgnoreCase))
            return Finding.Nothing(Name, item.Ref, $"It is where the rule wants it: {rule.To}, because {fact.Words}.");
        if (StatusFacts.MovedByPerson(item, StatusLabel.Is) is { } moved && moved >= fact.At)
            return Finding.Nothing(Name, item.Ref, $"A person moved it on {moved:yyyy-MM-dd}, since {fact.Words}: it stays there.");
        Change change = rule.Close ? new Close(CloseReason.Completed) : new MoveTo(rule.To!);
        return new Finding
        {
            Step = Name,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = Confidence.Certain,
            Reason = $"By rule: {change.Describe()}, because {fact.Words} on {fact.At:yyyy-MM-dd}.",
            Evidence = [new Evidence(EvidenceKind.Note, $"rule: when {Words(rule.When)}, {change.Describe()}")],
            Proposals = [new Proposal(change, Confidence.Certain)],
        };
    }

    private static bool Fits(StatusRule rule, WorkItem item) =>
        (rule.Close || !string.IsNullOrWhiteSpace(rule.To))
        && (rule.Types.Count == 0 || (item.Type is { } type && rule.Types.Contains(type, StringComparer.OrdinalIgnoreCase)))
        && (rule.From.Count == 0 || rule.From.Contains(item.TrackerState ?? StatusRule.NoStatus, StringComparer.OrdinalIgnoreCase)
            || (!rule.Close && string.Equals(rule.To, item.TrackerState, StringComparison.OrdinalIgnoreCase)));

    private static string Words(StatusCause cause) => cause switch
    {
        StatusCause.BranchCreated => "a branch is created",
        StatusCause.ChildStarted => "a child is begun",
        StatusCause.PullRequestDrafted => "a draft of a pull request is opened",
        StatusCause.PullRequestOpened => "a pull request is opened",
        StatusCause.PullRequestClosed => "a pull request is closed unmerged",
        StatusCause.PullRequestMerged => "a pull request is merged",
        StatusCause.PersonCommented => "somebody comments",
        _ => "all children are closed",
    };
}
