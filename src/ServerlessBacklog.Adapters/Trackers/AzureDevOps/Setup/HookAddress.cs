using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;

/// <summary>
/// The address that service hooks call. Azure DevOps sends secrets over https alone, and calls neither its own machine nor addresses of
/// special ranges (https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks). A server on this machine is for trials: it may call this machine.
/// </summary>
public static class HookAddress
{
    private const string Tunnel = "On a laptop, a tunnel gives port 7071 a public https address; or let service hooks deliver into a queue (docs/azure-devops.md).";

    /// <param name="host">The host's address, with or without <c>/hooks/azuredevops</c>.</param>
    /// <param name="service">Where Azure DevOps itself is.</param>
    /// <exception cref="UserErrorException">Service hooks would not call it.</exception>
    public static Uri Of(string host, Uri service)
    {
        if (!Uri.TryCreate(host.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UserErrorException("--url is no address of a host. Write it as https://my-app.azurewebsites.net.");
        if (address is not { Query: "", Fragment: "", UserInfo: "" })
            throw new UserErrorException("--url holds a password, a query or a fragment. Write the host alone: https://my-app.azurewebsites.net.");
        if (!service.IsLoopback)
            Demand(address, isCloud: service.Host == AzureDevOpsOptions.Cloud.Host);
        var root = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(root.EndsWith(HookSubscription.Path, StringComparison.OrdinalIgnoreCase) ? root : root + HookSubscription.Path);
    }

    private static void Demand(Uri address, bool isCloud)
    {
        if (address.IsLoopback || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            throw new UserErrorException($"Azure DevOps cannot call '{address.Host}': that is its own machine to it. {Tunnel}");
        if (address.Scheme != Uri.UriSchemeHttps)
            throw new UserErrorException("--url must start with https://: Azure DevOps sends no secret over http, and without a secret no call is taken.");
        if (isCloud && PublicAddress.IsPrivate(address))
            throw new UserErrorException($"Azure DevOps does not call {address.Host}: it is private or set apart. {Tunnel}");
    }
}
