using System.Net.Http.Json;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>A comment of ours on an item, one for each name: written once, edited in place from then on, known by its last line and its author.</summary>
internal sealed class StickyComment(AzureDevOpsApi api, HistoryReader history, OwnAccount own)
{
    /// <summary>Far below what a comment may hold.</summary>
    private const int MaxLength = 60_000;

    /// <returns>True when <paramref name="effect"/> has written it, and nothing since.</returns>
    public async Task<bool> IsWrittenByAsync(WorkItemRef item, string effect, CancellationToken cancellation, string? name = null) =>
        await FindAsync(item, name, cancellation) is { } comment && CommentRef.IsBy(comment.Text("text") ?? "", item, effect, name);

    public async Task<bool> IsThereAsync(WorkItemRef item, CancellationToken cancellation, string? name = null) => await FindAsync(item, name, cancellation) is not null;

    /// <returns>What it said before, as the service tells it; null where it was not there.</returns>
    public async Task<string?> WriteAsync(WorkItemRef item, string effect, string markdown, CancellationToken cancellation, string? name = null)
    {
        var text = new { text = TextOf(item, effect, markdown, name) };
        var there = await FindAsync(item, name, cancellation);
        if (there is { } comment)
            await api.WriteAsync(HttpMethod.Patch, AddressOf(item, "format=markdown", IdOf(comment)), JsonContent.Create(text), cancellation);
        else
            await api.WriteAsync(HttpMethod.Post, AddressOf(item, "format=markdown"), JsonContent.Create(text), cancellation);
        return there?.Text("text") is { } before ? CommentRef.TextOf(before) : null;
    }

    public async Task RemoveAsync(WorkItemRef item, CancellationToken cancellation, string? name = null)
    {
        if (await FindAsync(item, name, cancellation) is { } comment)
            await api.WriteAsync(HttpMethod.Delete, AddressOf(item, null, IdOf(comment)), null, cancellation);
    }

    public async Task<JsonElement?> FindAsync(WorkItemRef item, string? name, CancellationToken cancellation)
    {
        var (project, id) = AzureProject.Of(item);
        var reference = CommentRef.OfItem(item, name);
        var account = await own.FindAsync(project.Organization, cancellation);
        foreach (var comment in await history.CommentsAsync(project, id, cancellation))
        {
            if (CommentRef.IsIn(comment.Text("text") ?? "", reference) && account.IsAuthorOf(comment))
                return comment;
        }

        return null;
    }

    /// <summary>"@&lt;id&gt;" is how Markdown of Azure DevOps calls a person: no comment of ours does.</summary>
    private static string TextOf(WorkItemRef item, string effect, string markdown, string? name)
    {
        var text = markdown.Replace("@<", "@\\<", StringComparison.Ordinal).TrimEnd();
        if (text.Length > MaxLength)
            text = $"{text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)]}…";
        return $"{text}\n\n{CommentRef.Line(item, effect, name)}";
    }

    private string AddressOf(WorkItemRef item, string? query, params ReadOnlySpan<string> more)
    {
        var (project, id) = AzureProject.Of(item);
        var address = api.WorkAddressOf(project, ["workItems", $"{id}", "comments", .. more]);
        return $"{address}?{(query is null ? "" : $"{query}&")}api-version={AzureDevOpsApi.CommentsVersion}";
    }

    /// <summary>Older samples call it <c>commentId</c>.</summary>
    public static string IdOf(JsonElement comment) =>
        comment.Text("id") ?? comment.Text("commentId") ?? throw new HttpRequestException("Azure DevOps lists a comment without its number.");
}
