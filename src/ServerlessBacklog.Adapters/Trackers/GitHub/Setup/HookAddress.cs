using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>Where our hosts take GitHub's calls.</summary>
public static class HookAddress
{
    /// <summary>The path at every host.</summary>
    public const string Path = "/hooks/github";

    private const string Example = "https://my-app.azurewebsites.net";

    /// <summary>The full address of the webhook, from that of a host or of the webhook itself.</summary>
    /// <param name="apiBaseUrl">The GitHub that will call it: <see cref="GitHubOptions.ApiBaseUrl"/>.</param>
    /// <exception cref="UserErrorException">It is none that this GitHub could call.</exception>
    public static Uri Parse(string text, string apiBaseUrl)
    {
        var gitHub = GitHubAddress.Parse(apiBaseUrl);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
            throw new UserErrorException($"--url is not an address. Write that of the host, for example {Example}.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new UserErrorException($"--url carries more than an address (a name, '?' or '#'). GitHub proves itself by its signature and needs nothing else: write {Example}.");
        if (address.AbsolutePath.TrimEnd('/') is not "" && !IsOurs(text.Trim()))
            throw new UserErrorException($"--url leads to another path than {Path}, where the host takes GitHub's calls. Leave the path out: {address.GetLeftPart(UriPartial.Authority)}.");
        DemandReachable(address, gitHub);
        return new Uri(address, Path);
    }

    /// <summary>True for an address that ends in our path.</summary>
    public static bool IsOurs(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.AbsolutePath.TrimEnd('/').EndsWith(Path, StringComparison.OrdinalIgnoreCase);

    internal static bool AreSame(string? one, Uri other) => Uri.TryCreate(one, UriKind.Absolute, out var address)
        && address.GetLeftPart(UriPartial.Authority).Equals(other.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && address.AbsolutePath.TrimEnd('/').Equals(other.AbsolutePath.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    private static void DemandReachable(Uri address, GitHubAddress gitHub)
    {
        // A GitHub that is played on this machine reaches this machine.
        if (address.IsLoopback && gitHub.Rest.IsLoopback)
            return;
        if (address.IsLoopback)
            throw new UserErrorException($"{gitHub.Rest.Host} cannot reach this machine as '{address.Host}'. Open a tunnel to the port at which 'backlog serve' listens (7071), and give the https address that the tunnel has.");
        if (address.Scheme == "http")
            throw new UserErrorException($"--url begins with http: what issues say would travel unprotected. Write it with https, for example {Example}.");
        if (gitHub.IsCloud && PublicAddress.IsPrivate(address))
            throw new UserErrorException($"{gitHub.Web.Host} cannot reach '{address.Host}', an address of a private network. Give the public address of the host, or that of a tunnel.");
    }
}
