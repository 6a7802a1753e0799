using System.Net;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>Our notices as they stand on items, and who is against them.</summary>
internal sealed class Notices(AzureDevOpsApi api, StickyComment comments)
{
    private const int PageSize = 100;

    /// <summary>One who is against it is enough: what lies beyond is left out.</summary>
    private const int MaxPages = 10;

    public async Task<NoticeLook?> FindAsync(WorkItemRef item, string name, CancellationToken cancellation)
    {
        var (project, id) = AzureProject.Of(item);
        try
        {
            if (await comments.FindAsync(item, CommentRef.OfNotice(name), cancellation) is not { } comment)
                return null;
            var at = comment.Time("createdDate") ?? throw new HttpRequestException("Azure DevOps lists a comment without its time.");
            return new NoticeLook(at, await AgainstAsync(project, id, StickyComment.IdOf(comment), cancellation));
        }
        catch (ApiRefusedException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (ApiRefusedException refused)
        {
            throw ApiErrors.Explain(refused, project);
        }
    }

    /// <summary>Nobody, on a server that knows no reactions to comments.</summary>
    private async Task<IReadOnlyList<Person>> AgainstAsync(AzureProject project, int id, string comment, CancellationToken cancellation)
    {
        var people = new List<Person>();
        try
        {
            for (var page = 0; page < MaxPages; page++)
            {
                var address = api.WorkAddressOf(project, "workItems", $"{id}", "comments", comment, "reactions", "dislike", "users");
                var answer = await api.GetAsync($"{address}?$top={PageSize}&$skip={page * PageSize}&api-version={AzureDevOpsApi.ReactionsVersion}", cancellation);
                var users = answer.Each("value").ToList();
                people.AddRange(users.Select(u => Identities.Of(u)).OfType<Person>());
                if (users.Count < PageSize)
                    break;
            }
        }
        catch (ApiRefusedException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
        }

        return [.. people.Where(p => !p.IsBot).Distinct()];
    }
}
