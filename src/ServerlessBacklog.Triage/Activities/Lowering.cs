using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Activities;

/// <summary>
/// Says what of a decision may still be carried out: the last look before anything is written. Whatever has come since the decision can only
/// take something away from it.
/// </summary>
public sealed class Lowering(IBacklogStore store, KeptSettings kept, ItemRefresh refresh, IWriteStop writes, IAlarms alarms)
{
    /// <summary>Writes on one item within <see cref="LoopWindow"/> from which a loop is suspected (FEATURES §2, pain 11).</summary>
    private const int LoopWrites = 5;

    /// <summary>The same for what people ask for and our answers to them: no person says so much, a program that mocks one does.</summary>
    private const int LoopAnswers = 40;

    private static readonly TimeSpan LoopWindow = TimeSpan.FromMinutes(10);

    /// <summary>Why nothing at all can be written, before anything is asked of the tracker; null when something can.</summary>
    public async Task<string?> WhyNothingAsync(WorkItemRef item, CancellationToken cancellation) =>
        refresh.TrackerOf(item) is not { } tracker ? $"'{item.Tracker}' can only be read"
        : tracker.WhyNotWritable is { } unwritable ? unwritable
        : await writes.FindAsync(cancellation) is { } stop ? $"writing is switched off: {stop.Why}"
        : null;

    public async Task<Lowered> LowerAsync(ToBeLowered what, CancellationToken cancellation)
    {
        var (request, decision, item) = (what.Request, what.Decision, what.Item);
        if (item is null)
            return All("the item is gone");
        if (!IsCommand(decision) && HasChanged(what))
            return All("the item was changed after the decision") with { State = OutcomeState.Superseded };

        var policy = (await kept.OfAsync(request.Backlog, cancellation)).Policy.On(item);
        var approved = request.Answer is { Approved: true };
        // Two programs may answer each other for ever; a person who gives commands does not. Theirs are not counted against what is done without being told.
        if (await IsLoopAsync(request, what.Before, decision.By is not null, cancellation))
            return All("a loop is suspected: too many writes on this item within minutes");
        // What people have refused is not done by the system again; an approval is a person who asks for it.
        var taken = approved ? [] : await store.OverridesAsync(request.Backlog, decision.Item, cancellation);
        var left = new List<LeftChange>();
        var allowed = new List<ChangeOutcome>();
        foreach (var change in what.Open)
        {
            if (!IsAllowed(policy, change.Step, approved))
                left.Add(new LeftChange(change.Change, "the step was turned down after the decision"));
            else if (taken.LastOrDefault(t => t.Forbids(change.Change.Change, request.At)) is { } refusal)
                left.Add(new LeftChange(change.Change, refusal.Explain()));
            else
                allowed.Add(change.Change);
        }

        return new Lowered(allowed, left, OutcomeState.Applied);

        Lowered All(string why) => Lowered.All(what.Open, why);
    }

    private static bool IsAllowed(DecisionPolicy policy, string step, bool approved) => step is SuggestionComment.Step or PersonalDecision.Step
        ? policy.MayComment
        : policy.For(step).Autonomy is var now && (now == Autonomy.Auto || (now == Autonomy.Suggest && approved));

    /// <summary>A command holds for the item whatever was changed a moment before, often by another command of the same comment, and is answered in any case.</summary>
    private static bool IsCommand(Decision decision) => decision is { By: not null, Undoes: null, Ends: null };

    /// <summary>Our own changes of this decision, made or perhaps made, do not count as a change.</summary>
    private static bool HasChanged(ToBeLowered what) => what.Decision.WritingHash is { } decidedOn
        ? ContentHash.ForWriting(what.Item!) != decidedOn && ContentHash.ForWriting(ChangedItem.Before(what.Item!, what.Before?.Changes ?? [])) != decidedOn
        : ContentHash.Of(what.Item!) != what.Decision.ItemHash;

    /// <summary>The children of one decision count as one: a person asked for all of them at once.</summary>
    private static int Writes(IReadOnlyCollection<Change> changes) => changes.Count(c => c is not AddChild) + (changes.Any(c => c is AddChild) ? 1 : 0);

    /// <param name="isAsked">True when a person asks for it: then only a great many writes are too many.</param>
    private async Task<bool> IsLoopAsync(ApplyRequest request, DecisionOutcome? own, bool isAsked, CancellationToken cancellation)
    {
        var recent = (await store.OutcomesAsync(request.Backlog, request.Item, cancellation))
            .Where(o => (isAsked || o.By is null) && o.Decision != own?.Decision && request.At - o.At < LoopWindow)
            .Sum(o => Writes([.. o.Changes.Where(c => c.State == ChangeState.Applied).Select(c => c.Change)]));
        var key = $"loop:{request.Item}";
        if (recent < (isAsked ? LoopAnswers : LoopWrites))
            return false;
        await alarms.RaiseAsync(
            new Alarm(key, $"{request.Item} was written to {recent} times within {LoopWindow.TotalMinutes:0} minutes. Another program may answer every change with one of its own; writing there goes on once it is quiet.", request.At),
            cancellation);
        return true;
    }
}

/// <param name="Before">What earlier attempts did; null for the first.</param>
/// <param name="Item">The item as it is now; null when it is gone.</param>
public sealed record ToBeLowered(ApplyRequest Request, Decision Decision, DecisionOutcome? Before, WorkItem? Item, IReadOnlyList<StepChange> Open);

/// <param name="State">What becomes of the decision when nothing is allowed.</param>
public sealed record Lowered(IReadOnlyList<ChangeOutcome> Allowed, IReadOnlyList<LeftChange> Left, OutcomeState State)
{
    public static Lowered All(IReadOnlyList<StepChange> open, string why) => new([], [.. open.Select(c => new LeftChange(c.Change, why))], OutcomeState.Applied);
}

public sealed record LeftChange(ChangeOutcome Change, string Why);
