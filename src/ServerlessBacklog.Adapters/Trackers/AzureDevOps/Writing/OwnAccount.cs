using System.Collections.Concurrent;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>Who we are in an organization: as the setting <c>AzureDevOps:OwnIdentity</c> says, or as the service does.</summary>
internal sealed class OwnAccount(AzureDevOpsApi api, AzureDevOpsOptions options)
{
    private readonly ConcurrentDictionary<string, Account> known = new(StringComparer.OrdinalIgnoreCase);

    public async Task<Account> FindAsync(string organization, CancellationToken cancellation)
    {
        if (known.TryGetValue(organization, out var account))
            return account;
        return known[organization] = new Account(options.OwnIdentity, await AskAsync(organization, cancellation));
    }

    /// <summary>The id of the account that is signed in; null where the service does not tell.</summary>
    private async Task<string?> AskAsync(string organization, CancellationToken cancellation)
    {
        try
        {
            var answer = await api.GetAsync($"{api.AddressOf(organization, "_apis", "connectionData")}?api-version=7.1-preview.1", cancellation);
            return answer.Part("authenticatedUser")?.Text("id");
        }
        catch (ApiRefusedException)
        {
            return null;
        }
    }

    public sealed record Account(string? Name, string? Id)
    {
        /// <summary>Where nobody says who we are, the line in the comment has to do: the tracker lets nobody edit a comment of others.</summary>
        public bool IsAuthorOf(JsonElement comment)
        {
            var author = comment.Part("createdBy");
            return (Name is null && Id is null)
                || (Name is not null && Identities.IsNamed(author, Name))
                || (Id is not null && string.Equals(author?.Text("id"), Id, StringComparison.OrdinalIgnoreCase));
        }
    }
}
