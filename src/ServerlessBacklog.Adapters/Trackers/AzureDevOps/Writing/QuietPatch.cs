using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>Sends patches without mail to those who watch, where the account has the right to: nobody needs one for a label.</summary>
internal sealed class QuietPatch(AzureDevOpsApi api)
{
    /// <summary>Projects where the account may not keep an update quiet.</summary>
    private readonly ConcurrentDictionary<string, bool> loud = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="item">The number of an item, or <c>$</c> and a type for a new one.</param>
    /// <exception cref="ApiRefusedException">The patch was not taken.</exception>
    public async Task<JsonElement> SendAsync(AzureProject project, string item, IReadOnlyList<PatchOperation> operations, CancellationToken cancellation)
    {
        while (true)
        {
            var isQuiet = !loud.ContainsKey(project.ToString());
            try
            {
                var address = $"{api.WorkAddressOf(project, "workitems", item)}?{(isQuiet ? "suppressNotifications=true&" : "")}api-version={AzureDevOpsApi.Version}";
                return await api.PatchAsync(item.StartsWith('$') ? HttpMethod.Post : HttpMethod.Patch, address, operations, cancellation);
            }
            catch (ApiRefusedException refused) when (isQuiet && refused.Status == HttpStatusCode.Forbidden)
            {
                loud[project.ToString()] = true;
            }
        }
    }
}
