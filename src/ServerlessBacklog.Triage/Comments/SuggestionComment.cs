using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Folds what the steps would say on a new item, and what a person is asked about, into the one comment that an item may have. Pure. An item
/// that is not new, or on which people want silence, gets none; neither does one on which there is nothing to say.
/// </summary>
public static class SuggestionComment
{
    /// <summary>In whose name the comment stands in a decision: it is no step's alone.</summary>
    public const string Step = "comment";

    /// <summary>In place of what was asked and is answered, or was suggested and is done: it would mislead who reads it later.</summary>
    private const string Settled = "What was asked or suggested here is settled.";

    /// <summary>After the last round: asking for a third time helps nobody.</summary>
    private const string HandedOver = "Thank you for the answers. Some of what was asked is still open after two rounds; a maintainer takes it from here.";

    /// <param name="decision">As the policy made it.</param>
    /// <param name="now">The moment for which the item is examined.</param>
    /// <param name="spoken">What our comment on the item says now; null while there is none.</param>
    /// <param name="conversation">What was asked on the item before.</param>
    /// <param name="explanation">A paragraph for a reporter who meets this program for the first time; null for others.</param>
    /// <returns>The decision with at most one comment, which is to be made at once.</returns>
    public static Decision Fold(
        Decision decision, IReadOnlyCollection<Finding> findings, WorkItem item, BacklogSnapshot backlog, TriageSettings settings, DateTimeOffset now,
        string? spoken = null, Conversation? conversation = null, string? explanation = null)
    {
        var said = decision.Changes.Where(c => c.Change is AddComment).ToList();
        var silence = WhySilent(item, settings, now);
        var policy = settings.Policy.On(item);
        var comment = silence is null && policy.MayComment ? Compose(decision, findings, item, backlog, policy, conversation ?? Conversation.None) : null;
        if (comment is { SaysSomething: false } && spoken is not null)
            comment = comment with { Summary = "nothing is open any more", Paragraphs = [Settled] };
        if (comment is not { SaysSomething: true })
            return With(decision, said, silence ?? "there is nothing to say", null);
        if (explanation is not null)
            comment = comment with { Paragraphs = [.. comment.Paragraphs, explanation] };
        if (comment.Render().Text is { } again && again == spoken)
            return With(decision, said, "the comment of the item says it already", null);
        return comment.Render() is { Text: { } text }
            ? With(decision, said, "it is said in the one comment of the item", new DecidedChange(
                new AddComment(text), Step, new Confidence(1), Verdict.Apply, Verdict.Apply, "the item is new, and a step may suggest")) with { Questions = comment.Questions }
            : With(decision, said, $"nothing is said: {comment.Render().Why}", null);
    }

    private static string? WhySilent(WorkItem item, TriageSettings settings, DateTimeOffset now) =>
        settings.Comments.Silent ? "comments are switched off"
        : settings.Comments.QuietLabels.FirstOrDefault(item.HasLabel) is { } label ? $"the label '{label}' asks for silence"
        : item.CreatedAt is not { } created || now - created > TimeSpan.FromDays(settings.Comments.NewForDays) ? $"only items of the last {settings.Comments.NewForDays} days are commented on"
        : null;

    private static ItemComment Compose(
        Decision decision, IReadOnlyCollection<Finding> findings, WorkItem item, BacklogSnapshot backlog, DecisionPolicy policy, Conversation conversation)
    {
        // In shadow mode every verdict is "drop": what a step may not even suggest is not said.
        var live = decision.Changes.Where(c => c.Verdict != Verdict.Drop).ToList();
        var questions = live.Any(c => c is { Change: AddComment, Step: StepName.Clarity })
            ? findings.Where(f => f.Step == StepName.Clarity).SelectMany(f => f.EvidenceOf(EvidenceKind.Question)).Select(e => e.Text).ToList()
            : [];
        var handOver = questions.Count > 0 && conversation.IsOver;
        if (handOver)
            questions = [];
        var duplicates = Duplicates(findings, backlog, policy);
        var drafts = DraftPart.Of(findings, item, policy);
        var suggestions = live.Where(c => c.Verdict == Verdict.Ask && c.Change is not AddComment).Select(c => new Proposal(c.Change, c.Confidence)).ToList();
        return new ItemComment
        {
            Item = item.Ref,
            Summary = Summary(questions.Count, duplicates.Count, suggestions.Count, drafts.Count),
            Because = "this item is new",
            Paragraphs =
            [
                .. handOver ? [HandedOver] : Array.Empty<string>(),
                .. live.Where(c => c.Step != StepName.Clarity).Select(c => c.Change).OfType<AddComment>().Select(c => c.Markdown),
                .. drafts,
            ],
            IsAdvised = findings.Any(f => f.IsAdvised && policy.For(f.Step).Autonomy is Autonomy.Suggest or Autonomy.Auto),
            Questions = questions,
            Duplicates = duplicates,
            Suggestions = suggestions,
            TrackerHosts = item.Url is { } url ? [url.Authority] : [],
        };
    }

    private static List<PossibleDuplicate> Duplicates(IReadOnlyCollection<Finding> findings, BacklogSnapshot backlog, DecisionPolicy policy)
    {
        var step = policy.For(StepName.Duplicates);
        if (step.Autonomy is Autonomy.Off or Autonomy.Shadow)
            return [];
        return
        [
            .. findings.Where(f => f is { Step: StepName.Duplicates, Status: FindingStatus.Decided })
                .SelectMany(f => f.EvidenceOf(EvidenceKind.Duplicate))
                .Where(e => e is { Item: not null, Value: { } value } && value >= step.AskAt)
                .Select(e => new PossibleDuplicate(e.Item!, backlog.Find(e.Item!)?.Item.Title ?? "", new Confidence(e.Value!.Value))),
        ];
    }

    private static string Summary(int questions, int duplicates, int suggestions, int drafts)
    {
        var parts = new List<string>();
        Add(duplicates, "possible duplicate");
        Add(questions, "question");
        Add(suggestions, "suggestion");
        Add(drafts, "draft");
        return parts.Count == 0 ? "a note" : string.Join(", ", parts);

        void Add(int count, string what)
        {
            if (count > 0)
                parts.Add($"{count} {what}{(count == 1 ? "" : "s")}");
        }
    }

    private static Decision With(Decision decision, List<DecidedChange> said, string why, DecidedChange? comment)
    {
        var changes = decision.Changes
            .Select(c => said.Contains(c) && c.Verdict != Verdict.Drop ? c with { Verdict = Verdict.Drop, WouldBe = Verdict.Drop, Why = why } : c)
            .Concat(comment is null ? [] : [comment])
            .ToList();
        return decision with
        {
            Changes = changes,
            Verdict = changes.Select(c => c.Verdict).DefaultIfEmpty(Verdict.Drop).Max(),
            Reason = comment is null && said.Count == 0 ? decision.Reason : DecisionPolicy.ReasonOf(changes),
        };
    }
}
