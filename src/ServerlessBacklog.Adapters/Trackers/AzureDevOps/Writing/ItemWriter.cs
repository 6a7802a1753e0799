using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>
/// Carries out the changes of a call: fields, tags and links in one patch that holds for one revision only, then the comment. Rules of the
/// process are never bypassed; what they refuse is not applied.
/// </summary>
internal sealed class ItemWriter(AzureDevOpsApi api, ProcessFacts facts, StickyComment comment)
{
    private const string Changed = "the item was changed meanwhile";

    /// <summary>Projects where the account may not keep an update quiet.</summary>
    private readonly ConcurrentDictionary<string, bool> loud = new(StringComparer.OrdinalIgnoreCase);

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

        var patched = effects.Where(e => !IsComment(e.Change)).ToList();
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

        foreach (var effect in effects.Where(e => IsComment(e.Change)))
            outcomes[effect] = await CommentAsync(item.Ref, effect, why, cancellation);
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
            Ends = effects.Any(e => e.Change is AddLink or RemoveLink or Close) ? await facts.LinkEndsAsync(project.Organization, cancellation) : null,
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
        IReadOnlyList<PatchOperation> operations = [PatchOperation.TestRevision(now.Revision), .. patch];
        var project = now.Project.ToString();
        while (true)
        {
            // Quiet where the account has the right to: watchers need no mail for a label.
            var isQuiet = !loud.ContainsKey(project);
            try
            {
                var address = $"{api.WorkAddressOf(now.Project, "workitems", $"{now.Id}")}?{(isQuiet ? "suppressNotifications=true&" : "")}api-version={AzureDevOpsApi.Version}";
                await api.PatchAsync(address, operations, cancellation);
                return null;
            }
            catch (ApiRefusedException refused) when (isQuiet && refused.Status == HttpStatusCode.Forbidden)
            {
                loud[project] = true;
            }
            catch (ApiRefusedException refused)
            {
                return refused.IsConflict ? Changed : WhyOf(refused);
            }
        }
    }

    /// <param name="patchWhy">Why the changes that the comment goes with were not made; null when they were, or there are none.</param>
    private async Task<ChangeOutcome> CommentAsync(WorkItemRef item, Effect effect, string? patchWhy, CancellationToken cancellation)
    {
        try
        {
            if (effect.MayBeDone && await IsDoneAsync(item, effect, cancellation))
                return Outcome(effect, null);
            if (patchWhy is not null)
                return Outcome(effect, patchWhy);
            if (effect.Change is AddComment add)
                await comment.WriteAsync(item, effect.Key, add.Markdown, cancellation);
            else
                await comment.RemoveAsync(item, cancellation);
            return Outcome(effect, null);
        }
        catch (ApiRefusedException refused)
        {
            return Outcome(effect, WhyOf(refused));
        }
    }

    private async Task<bool> IsDoneAsync(WorkItemRef item, Effect effect, CancellationToken cancellation) =>
        effect.Change is AddComment ? await comment.IsWrittenByAsync(item, effect.Key, cancellation) : !await comment.IsThereAsync(item, cancellation);

    private static bool IsComment(Change change) => change is AddComment or RemoveComment;

    private static IReadOnlyList<ChangeOutcome> All(IReadOnlyList<Effect> effects, string why) => [.. effects.Select(e => Outcome(e, why))];

    private static ChangeOutcome Outcome(Effect effect, string? why) =>
        new(effect.Key, effect.Change, why is null ? ChangeState.Applied : ChangeState.NotApplied, why);

    private static string WhyOf(ApiRefusedException refused) => refused.Status switch
    {
        HttpStatusCode.NotFound => "the item is not there any more, or this account cannot see it",
        HttpStatusCode.Forbidden => $"this account may not change it: give the token the scope {ApiErrors.Scope}, and the account the right 'Edit work items in this node'",
        _ when refused.Sentence.Length > 0 => $"Azure DevOps refused it: {refused.Sentence}",
        _ => $"Azure DevOps refused it (HTTP {(int)refused.Status})",
    };
}
