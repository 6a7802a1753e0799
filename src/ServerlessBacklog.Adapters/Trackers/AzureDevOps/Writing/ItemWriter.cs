using System.Net;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>
/// Carries out the changes of a call: fields, texts, tags and links in one patch that holds for one revision only, then comments and children, which are
/// not made where the patch was refused. Rules of the process are never bypassed; what they refuse is not applied.
/// </summary>
internal sealed class ItemWriter(AzureDevOpsApi api, ProcessFacts facts, StickyComment comment)
{
    private const string Changed = "the item was changed meanwhile";

    private readonly QuietPatch patches = new(api);

    private readonly GatheredComment gathered = new(comment);

    private ChildWriter Children => new(api, facts, patches);

    public async Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem item, IReadOnlyList<Effect> effects, CancellationToken cancellation)
    {
        var (project, id) = AzureProject.Of(item.Ref);
        ItemState now;
        try
        {
            now = await ReadAsync(project, id, effects, cancellation);
        }
        catch (ApiRefusedException refused)
        {
            return All(effects, WhyOf(refused));
        }

        var patched = effects.Where(e => !IsAfter(e.Change)).ToList();
        var (patch, planned) = PatchPlan.Of(now, api.AddressOf(project.Organization), patched.Select(e => e.Change));
        var outcomes = patched.Zip(planned).ToDictionary(p => p.First, p => Outcome(p.First, p.Second.Why));
        // What an earlier attempt did is there whatever the revision; all else holds for the revision that was decided on.
        var isOld = item.Revision is { } revision && revision != $"{now.Revision}";
        var why = isOld ? Changed : patch.Count == 0 ? null : await PatchAsync(now, patch, cancellation);
        if (why is not null)
        {
            foreach (var (effect, plan) in patched.Zip(planned))
            {
                if (plan.Why is null && !(plan.IsDone && (effect.MayBeDone || !isOld)))
                    outcomes[effect] = Outcome(effect, why);
            }
        }

        foreach (var effect in effects.Where(e => IsAfter(e.Change)))
            outcomes[effect] = await AfterAsync(now, item.Ref, effect, why, cancellation);
        return [.. effects.Select(e => outcomes[e])];
    }

    private async Task<ItemState> ReadAsync(AzureProject project, int id, IReadOnlyList<Effect> effects, CancellationToken cancellation)
    {
        var raw = await api.GetAsync($"{api.WorkAddressOf(project, "workitems", $"{id}")}?$expand=all&api-version={AzureDevOpsApi.Version}", cancellation);
        if (raw.Part("fields") is not { } fields || raw.Int("rev") is not { } revision || fields.Text(Fields.Type) is not { } type)
            throw new HttpRequestException("Azure DevOps told neither fields nor revision of a work item.");
        return new ItemState(project, id, revision, fields, Relation.Of(raw))
        {
            States = await facts.StatesAsync(project, type, cancellation),
            MarkdownFields = raw.Part("multilineFieldsFormat") is { ValueKind: JsonValueKind.Object } formats
                ? [.. formats.EnumerateObject().Where(f => f.Value.ToString().Equals("markdown", StringComparison.OrdinalIgnoreCase)).Select(f => f.Name)]
                : [],
            Ends = effects.Any(e => e.Change is AddLink or RemoveLink or Close or AddChild or RemoveChild) ? await facts.LinkEndsAsync(project.Organization, cancellation) : null,
            EstimateField = effects.Any(e => e.Change is SetField { Field: WorkItemField.Estimate } or ClearField { Field: WorkItemField.Estimate })
                ? await EstimateFieldAsync(project, type, fields, cancellation)
                : null,
        };
    }

    private async Task<string?> EstimateFieldAsync(AzureProject project, string type, JsonElement fields, CancellationToken cancellation)
    {
        if (Fields.Estimates.FirstOrDefault(f => fields.Part(f) is not null) is { } used)
            return used;
        var possible = await facts.FieldsAsync(project, type, cancellation);
        return Fields.Estimates.FirstOrDefault(possible.Contains);
    }

    /// <returns>Why the patch was not taken; null when it was.</returns>
    private async Task<string?> PatchAsync(ItemState now, IReadOnlyList<PatchOperation> patch, CancellationToken cancellation)
    {
        try
        {
            await patches.SendAsync(now.Project, $"{now.Id}", [PatchOperation.TestRevision(now.Revision), .. patch], cancellation);
            return null;
        }
        catch (ApiRefusedException refused)
        {
            return refused.IsConflict ? Changed : WhyOf(refused);
        }
    }

    /// <param name="patchWhy">Why the changes that it goes with were not made; null when they were, or there are none.</param>
    private async Task<ChangeOutcome> AfterAsync(ItemState now, WorkItemRef item, Effect effect, string? patchWhy, CancellationToken cancellation)
    {
        try
        {
            if (effect.MayBeDone && await DoneAsync(now, item, effect, cancellation) is { } done)
                return done;
            if (patchWhy is not null)
                return Outcome(effect, patchWhy);
            var (why, inverse) = await MakeAsync(now, item, effect, cancellation);
            return Outcome(effect, why) with { Inverse = inverse };
        }
        catch (ApiRefusedException refused)
        {
            return Outcome(effect, WhyOf(refused));
        }
    }

    private async Task<(string? Why, Change? Inverse)> MakeAsync(ItemState now, WorkItemRef item, Effect effect, CancellationToken cancellation)
    {
        switch (effect.Change)
        {
            case AddComment add:
                await comment.WriteAsync(item, effect.Key, add.Markdown, cancellation);
                return default;
            case GiveNotice notice:
                await comment.WriteAsync(item, effect.Key, notice.Markdown, cancellation, CommentRef.OfNotice(notice.Name));
                return default;
            case RemoveNotice notice:
                await comment.RemoveAsync(item, cancellation, CommentRef.OfNotice(notice.Name));
                return default;
            case AddReply reply:
                if (!await comment.IsThereAsync(item, cancellation, CommentRef.OfReply(reply.Name)))
                    await comment.WriteAsync(item, effect.Key, reply.Markdown, cancellation, CommentRef.OfReply(reply.Name));
                return default;
            case AddChild add:
                return await Children.AddAsync(now, add, effect.Key, cancellation);
            case RemoveChild remove:
                return (await Children.RemoveAsync(now, remove, cancellation), null);
            case Consolidate write:
                return await gathered.WriteAsync(item, write, effect.Key, cancellation);
            case RemoveConsolidated remove:
                return (await gathered.RemoveAsync(item, remove.Canonical, cancellation), null);
            default:
                await comment.RemoveAsync(item, cancellation);
                return default;
        }
    }

    /// <summary>What an earlier attempt did, if it did.</summary>
    private async Task<ChangeOutcome?> DoneAsync(ItemState now, WorkItemRef item, Effect effect, CancellationToken cancellation) => effect.Change switch
    {
        AddComment => await comment.IsWrittenByAsync(item, effect.Key, cancellation) ? Outcome(effect, null) : null,
        RemoveComment => await comment.IsThereAsync(item, cancellation) ? null : Outcome(effect, null),
        GiveNotice notice => await comment.IsWrittenByAsync(item, effect.Key, cancellation, CommentRef.OfNotice(notice.Name)) ? Outcome(effect, null) : null,
        RemoveNotice notice => await comment.IsThereAsync(item, cancellation, CommentRef.OfNotice(notice.Name)) ? null : Outcome(effect, null),
        AddReply reply => await comment.IsThereAsync(item, cancellation, CommentRef.OfReply(reply.Name)) ? Outcome(effect, null) : null,
        AddChild add => await Children.FindAsync(now, add, effect.Key, cancellation) is { } inverse ? Outcome(effect, null) with { Inverse = inverse } : null,
        Consolidate write => await gathered.IsWrittenByAsync(item, write, effect.Key, cancellation) ? Outcome(effect, null) : null,
        _ => null,
    };

    /// <summary>True for what is no part of the item's own fields and links.</summary>
    private static bool IsAfter(Change change) => change
        is AddComment or RemoveComment or GiveNotice or RemoveNotice or AddReply or AddChild or RemoveChild or Consolidate or RemoveConsolidated;

    private static IReadOnlyList<ChangeOutcome> All(IReadOnlyList<Effect> effects, string why) => [.. effects.Select(e => Outcome(e, why))];

    private static ChangeOutcome Outcome(Effect effect, string? why) =>
        new(effect.Key, effect.Change, why is null ? ChangeState.Applied : ChangeState.NotApplied, why);

    public static string WhyOf(ApiRefusedException refused) => refused.Status switch
    {
        HttpStatusCode.NotFound => "the item is not there any more, or this account cannot see it",
        HttpStatusCode.Forbidden => $"this account may not change it: give the token the scope {ApiErrors.Scope}, and the account the right 'Edit work items in this node'",
        _ when refused.Sentence.Length > 0 => $"Azure DevOps refused it: {refused.Sentence}",
        _ => $"Azure DevOps refused it (HTTP {(int)refused.Status})",
    };
}
