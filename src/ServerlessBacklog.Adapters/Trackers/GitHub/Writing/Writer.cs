using Octokit;
using ServerlessBacklog.Adapters.Trackers.Blocks;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Writing;

/// <summary>
/// Makes changes on one issue, one by one, each with the narrowest call there is. What is there already is not written again. A change
/// that GitHub refuses says why and costs that change only.
/// </summary>
internal sealed class Writer(GitHubAccess access)
{
    public const string Stale = "the item was changed meanwhile";

    public async Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem item, IReadOnlyList<Effect> effects, CancellationToken cancellation)
    {
        if (effects.Count == 0)
            return [];
        var (repository, number) = Looks.Parse(item.Ref);
        if (access.Account is GitHubAccount.Anonymous)
            return [.. effects.Select(e => NotApplied(e, "no token and no app is set for GitHub"))];
        var connection = await access.ForAsync(repository, cancellation);
        // Known before the first write, so that what comes back by webhook is known for ours.
        if (access.Account is GitHubAccount.App)
            await access.OwnAsync(connection, cancellation);
        var (target, why) = await Target.FindAsync(access, connection, repository, number, cancellation, item);
        // An attempt that may have written has moved the time of the last change itself.
        if (target is not null && !effects.Any(e => e.MayBeDone) && !IsSame(item, target.Now))
            (target, why) = (null, Stale);
        if (target is null)
            return [.. effects.Select(e => NotApplied(e, why!))];
        var outcomes = new List<ChangeOutcome>(effects.Count);
        foreach (var effect in effects)
            outcomes.Add(await TryAsync(target, effect, cancellation));
        return outcomes;
    }

    /// <summary>GitHub has no conditional writes: this look is the narrowest gap that there is.</summary>
    private static bool IsSame(WorkItem item, WorkItem now) =>
        item.Revision is null || item.Revision == now.Revision
        || (DateTimeOffset.TryParse(item.Revision, System.Globalization.CultureInfo.InvariantCulture, out var at) && at == now.UpdatedAt);

    private static async Task<ChangeOutcome> TryAsync(Target target, Effect effect, CancellationToken cancellation)
    {
        try
        {
            var (why, inverse) = effect.Change switch
            {
                AddChild add => await ChildWriter.AddAsync(target, add, effect, cancellation),
                Consolidate write => await GatheredWriter.WriteAsync(target, write, effect, cancellation),
                _ => (await MakeAsync(target, effect, cancellation), null),
            };
            return why is null ? new ChangeOutcome(effect.Key, effect.Change, ChangeState.Applied) { Inverse = inverse } : NotApplied(effect, why);
        }
        catch (ApiException error)
        {
            var reply = GitHubErrors.Told(error);
            return GitHubErrors.Everywhere(reply, target.Connection.Now) is { } everywhere ? throw everywhere : NotApplied(effect, Refusal.Of(reply));
        }
        catch (ShapeException error)
        {
            throw new HttpRequestException($"GitHub's answer to a change of {target.Now.Ref} is not as documented: {error.Message}.", error);
        }
    }

    /// <returns>Why it was not made; null when it was.</returns>
    private static Task<string?> MakeAsync(Target target, Effect effect, CancellationToken cancellation) => effect.Change switch
    {
        AddLabel add => LabelWriter.AddAsync(target, add.Label.Name, cancellation),
        RemoveLabel remove => LabelWriter.RemoveAsync(target, remove.Label.Name, cancellation),
        SetField set => FieldWriter.SetAsync(target, set.Field, set.Value, cancellation),
        MoveTo move => FieldWriter.MoveAsync(target, move, cancellation),
        ClearField clear => FieldWriter.ClearAsync(target, clear.Field, cancellation),
        Assign assign => AssigneeWriter.AssignAsync(target, assign.Person.Login, cancellation),
        Unassign unassign => AssigneeWriter.UnassignAsync(target, unassign.Person.Login, cancellation),
        AddComment comment => CommentAsync(target, comment.Markdown, effect, cancellation),
        RemoveComment => StickyComment.RemoveAsync(target, cancellation),
        GiveNotice notice => CommentAsync(target, notice.Markdown, effect, cancellation, OurMark.OfNotice(notice.Name)),
        RemoveNotice notice => StickyComment.RemoveAsync(target, cancellation, OurMark.OfNotice(notice.Name)),
        AddReply reply => ReplyAsync(target, reply, effect, cancellation),
        AddLink link => LinkWriter.AddAsync(target, link.Kind, link.Target, effect.MayBeDone, cancellation),
        RemoveLink link => LinkWriter.RemoveAsync(target, link.Kind, link.Target, cancellation),
        Close close => StateWriter.CloseAsync(target, close, effect.MayBeDone, cancellation),
        SetBlock set => BlockWriter.WriteAsync(target, text => BlockText.Set(text, set.Name, set.Markdown, BlockForm.Comments), cancellation),
        RemoveBlock remove => BlockWriter.WriteAsync(target, text => BlockText.Remove(text, remove.Name, BlockForm.Comments), cancellation),
        RemoveChild child => ChildWriter.RemoveAsync(target, child, cancellation),
        RemoveConsolidated gathered => GatheredWriter.RemoveAsync(target, gathered.Canonical, cancellation),
        Reopen => StateWriter.ReopenAsync(target, effect.MayBeDone, cancellation),
        _ => Task.FromResult<string?>($"GitHub has nothing for '{effect.Change.GetType().Name}'"),
    };

    private static async Task<string?> CommentAsync(
        Target target, string markdown, Effect effect, CancellationToken cancellation, string mark = OurMark.Comment)
    {
        await StickyComment.WriteAsync(target, markdown, effect, cancellation, mark);
        return null;
    }

    private static async Task<string?> ReplyAsync(Target target, AddReply reply, Effect effect, CancellationToken cancellation)
    {
        await StickyComment.WriteOnceAsync(target, reply.Markdown, effect, OurMark.OfReply(reply.Name), cancellation);
        return null;
    }

    private static ChangeOutcome NotApplied(Effect effect, string why) => new(effect.Key, effect.Change, ChangeState.NotApplied, why);
}
