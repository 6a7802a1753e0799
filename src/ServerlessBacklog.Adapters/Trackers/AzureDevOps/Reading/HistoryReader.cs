using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>Comments and past updates of one item.</summary>
/// <param name="own">Our own account, whose doings are no human activity; null when it is not told.</param>
internal sealed class HistoryReader(AzureDevOpsApi api, ProcessFacts facts, string? own)
{
    private const int PageSize = 200;

    /// <summary>An item with more comments or updates than this many pages hold is read that far.</summary>
    private const int MaxPages = 10;

    public async Task<WorkItemHistory> ReadAsync(AzureProject project, int id, string? type, CancellationToken cancellation)
    {
        var comments = await CommentsAsync(project, id, cancellation);
        var updates = await UpdatesAsync(project, id, cancellation);
        var states = type is null ? [] : await facts.StatesAsync(project, type, cancellation);
        var item = project.Item(id);
        return new WorkItemHistory
        {
            IsKnown = true,
            Comments = [.. comments.Select(c => CommentOf(c, item)).OfType<WorkItemComment>()],
            CommentCount = comments.Count,
            Events = [.. updates.SelectMany(u => UpdateEvents.Of(u, states, own))],
        };
    }

    /// <summary>The comments that are not deleted, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> CommentsAsync(AzureProject project, int id, CancellationToken cancellation)
    {
        var comments = new List<JsonElement>();
        string? next = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var address = $"{api.WorkAddressOf(project, "workItems", $"{id}", "comments")}?$top={PageSize}&order=asc"
                + (next is null ? "" : $"&continuationToken={Uri.EscapeDataString(next)}") + $"&api-version={AzureDevOpsApi.CommentsVersion}";
            var answer = await api.GetAsync(address, cancellation);
            comments.AddRange(answer.Each("comments").Where(c => c.Text("isDeleted") != "true"));
            next = answer.Text("continuationToken");
            if (next is null)
                break;
        }

        return comments;
    }

    private async Task<IReadOnlyList<JsonElement>> UpdatesAsync(AzureProject project, int id, CancellationToken cancellation)
    {
        var updates = new List<JsonElement>();
        for (var page = 0; page < MaxPages; page++)
        {
            var address = $"{api.WorkAddressOf(project, "workItems", $"{id}", "updates")}?$top={PageSize}&$skip={page * PageSize}&api-version={AzureDevOpsApi.Version}";
            var answer = await api.GetAsync(address, cancellation);
            var before = updates.Count;
            updates.AddRange(answer.Each("value"));
            if (updates.Count - before < PageSize)
                break;
        }

        return updates;
    }

    private WorkItemComment? CommentOf(JsonElement comment, WorkItemRef item)
    {
        if (Identities.Of(comment.Part("createdBy"), own) is not { } author || comment.Time("createdDate") is not { } at)
            return null;
        var text = CommentLines.Of(comment.Text("text") ?? "");
        return CommentRef.IsOurs(text, item) ? new WorkItemComment(author with { IsBot = true }, at, text) { IsOurs = true } : new WorkItemComment(author, at, text);
    }
}
