using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// What a language model adds to what a step found by itself. The step speaks first, without a model; advice says whether its answer leaves anything open
/// that a model could tell, asks, and folds the checked answer into the finding. Pure but for the asking, which <see cref="Advisor"/> does.
/// </summary>
public abstract class StepAdvice
{
    /// <summary>The step whose findings it adds to.</summary>
    public abstract string Step { get; }

    public abstract PromptFile Prompt { get; }

    /// <summary>Raised when the same answer is folded in another way.</summary>
    public virtual int Version => 1;

    /// <summary>What it may do with a model, in a few words for people: <c>judges likely duplicates</c>.</summary>
    public abstract string What { get; }

    /// <summary>True where the local answer is uncertain or the task needs language: only then is a model asked.</summary>
    public abstract bool IsWorthAsking(WorkItem item, Finding finding, StepContext context);

    /// <summary>Other items whose texts go into the prompt; at most five.</summary>
    public virtual IReadOnlyList<WorkItemRef> Others(WorkItem item, Finding finding, StepContext context) => [];

    /// <summary>The texts to send, the most important ones first.</summary>
    public abstract IReadOnlyList<SourceText> Sources(AdviceCase about);

    /// <summary>The finding with what the model added, or as it was.</summary>
    public abstract Task<Advised> AskAsync(ModelDesk desk, AdviceCase about, CancellationToken cancellation);
}

/// <typeparam name="T">The type of the answer, as the prompt's schema describes it.</typeparam>
public abstract class StepAdvice<T> : StepAdvice
    where T : class
{
    public override async Task<Advised> AskAsync(ModelDesk desk, AdviceCase about, CancellationToken cancellation)
    {
        var answer = await desk.AskAsync(
            new ModelQuestion<T>(Prompt, about.Context.BacklogName, about.Context.Settings.Pack.About(Prompt.Name), Sources(about))
            {
                Faults = said => Faults(said, about),
                People = about.People(),
            },
            cancellation);
        return new Advised(answer.Value is { } said ? Fold(said, about) : about.Finding, answer.Call, answer.Why, answer.AgainAt)
        {
            Verdicts = answer.Value is { } given ? VerdictsIn(given, about) : new Dictionary<WorkItemRef, PairVerdict>(),
        };
    }

    protected virtual IReadOnlyDictionary<WorkItemRef, PairVerdict> VerdictsIn(T answer, AdviceCase about) => new Dictionary<WorkItemRef, PairVerdict>();

    /// <summary>What in an answer of the right form cannot be so; each in a clause that quotes nothing of it.</summary>
    public abstract IEnumerable<string> Faults(T answer, AdviceCase about);

    /// <summary>The finding with the answer in it.</summary>
    public abstract Finding Fold(T answer, AdviceCase about);
}

/// <param name="Finding">What the step found by itself.</param>
/// <param name="Others">Those of <see cref="StepAdvice.Others"/> that are stored, in that order.</param>
public sealed record AdviceCase(WorkItem Item, Finding Finding, StepContext Context, IReadOnlyList<WorkItem> Others)
{
    public IEnumerable<WorkItemComment> HumanComments => Item.History.WrittenByPeople();

    /// <summary>Everything that people wrote on the item itself: what quotes must stand in.</summary>
    public IReadOnlyList<string> Texts => [Item.Title, Item.Body, .. HumanComments.Select(c => c.Body)];

    /// <summary>Names of people on the items, and of those whom the directory knows by name.</summary>
    public IReadOnlyCollection<string> People() =>
    [
        .. Others.Append(Item)
            .SelectMany(i => i.Assignees.Append(i.Reporter).Concat(i.History.Comments.Select(c => c.Author)).OfType<Person>())
            .Select(p => p.Login).Concat(Context.Backlog.People.People.Select(p => p.Name)).Where(n => n.Length > 1).Distinct(StringComparer.OrdinalIgnoreCase),
    ];
}

/// <param name="Why">Why there is no answer; null when there is one.</param>
public sealed record Advised(Finding Finding, Consultation Call, string? Why, DateTimeOffset? AgainAt)
{
    /// <summary>What a judge of duplicates said of each candidate; empty for other advice.</summary>
    public IReadOnlyDictionary<WorkItemRef, PairVerdict> Verdicts { get; init; } = new Dictionary<WorkItemRef, PairVerdict>();
}
