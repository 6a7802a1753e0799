using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

/// <summary>What writing text and making items must do on every tracker, against its stand-in over HTTP.</summary>
public abstract partial class WritingContract : IAsyncLifetime
{
    protected static readonly CancellationToken None = TestContext.Current.CancellationToken;

    protected abstract ILiveTracker Tracker { get; }

    /// <summary>With credentials that may only read.</summary>
    protected abstract ILiveTracker Reader { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    protected abstract Task<WorkItemRef> CreateAsync(string title, string description = "It **crashes** at start.");

    /// <summary>The description as the tracker has it.</summary>
    protected abstract string Description(WorkItemRef item);

    /// <summary>A person writes another description.</summary>
    protected abstract Task WriteAsync(WorkItemRef item, string description);

    protected abstract Task CommentAsync(WorkItemRef item, string text);

    protected abstract IReadOnlyList<string> Comments(WorkItemRef item);

    /// <summary>A thumbs-up or thumbs-down by somebody, <c>ada</c>, on a comment by its place.</summary>
    protected abstract Task ReactAsync(WorkItemRef item, int comment, string name, bool isAgainst = true);

    /// <summary>As <see cref="ReactAsync"/> names people.</summary>
    protected abstract string BotName { get; }

    protected abstract Person PersonOf(string name);

    protected abstract Task DeleteAsync(WorkItemRef item);

    protected abstract Task DeleteCommentAsync(WorkItemRef item, int comment, string name);

    /// <summary>From now on webhooks are kept.</summary>
    protected abstract Task ListenAsync();

    /// <summary>Those of comments, oldest first.</summary>
    protected abstract IReadOnlyList<HookRequest> Told { get; }

    protected abstract FakeTimeProvider Clock { get; }

    /// <summary>The next write of that kind is carried out and its answer lost.</summary>
    protected abstract void LoseAnswer(string method, string path);

    protected abstract string CreatePath { get; }

    protected abstract int CountItems();

    protected abstract int Writes { get; }

    protected async Task<WorkItem> LookAsync(WorkItemRef item) => (await Tracker.LookAsync(item, None)).Item.ShouldNotBeNull();

    protected async Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem looked, bool mayBeDone, params Change[] changes) =>
        await Tracker.ApplyAsync(looked, [.. changes.Select(c => new Effect($"d1:{c.Slot}", c, mayBeDone))], None);

    protected async Task<ChangeOutcome> ApplyAsync(WorkItemRef item, Change change, string decision = "d1", bool mayBeDone = false) =>
        (await Tracker.ApplyAsync(await LookAsync(item), [new Effect($"{decision}:{change.Slot}", change, mayBeDone)], None)).ShouldHaveSingleItem();

    /// <summary>An attempt whose answer is lost, and the one after it, which looks for what the first one did.</summary>
    protected async Task<ChangeOutcome> ApplyWithCrashAsync(WorkItemRef item, Change change, string method, string path)
    {
        LoseAnswer(method, path);
        await Should.ThrowAsync<HttpRequestException>(() => ApplyAsync(item, change));
        return await ApplyAsync(item, change, mayBeDone: true);
    }

    protected static void ShouldBeApplied(ChangeOutcome outcome) => (outcome.State, outcome.Why).ShouldBe((ChangeState.Applied, null));

    protected static string WhyNot(ChangeOutcome outcome)
    {
        outcome.State.ShouldBe(ChangeState.NotApplied);
        outcome.Inverse.ShouldBeNull();
        return outcome.Why.ShouldNotBeNull();
    }

    /// <summary>A token without the scope is refused as a whole.</summary>
    protected async Task<string> WhyReaderMayNotAsync(WorkItem looked, Change change)
    {
        try
        {
            return WhyNot((await Reader.ApplyAsync(looked, [new Effect($"d1:{change.Slot}", change, false)], None))[0]);
        }
        catch (UserErrorException error)
        {
            return error.Message;
        }
    }

    /// <summary>What people see of it.</summary>
    protected async Task<string> SeenAsync(WorkItemRef item)
    {
        var look = await LookAsync(item);
        return $"{look.Title}|{Description(item)}|{look.State}|{look.TrackerState}|{string.Join(',', look.Links)}|{string.Join(',', look.Labels)}|{string.Join(',', Comments(item))}";
    }
}
