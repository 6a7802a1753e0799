using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Api;

/// <summary>The addresses of one GitHub. Nothing is ever sent to another host, whatever a page, a link or a redirection says.</summary>
internal sealed class GitHubAddress
{
    private GitHubAddress(Uri rest, Uri graphQl) => (Rest, GraphQl) = (rest, graphQl);

    /// <summary>Ends in a slash, so that relative addresses resolve under it.</summary>
    public Uri Rest { get; }

    public Uri GraphQl { get; }

    /// <summary>Where people look at it; ends in a slash.</summary>
    public Uri Web => Rest.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) && IsCloud
        ? new Uri($"https://{Rest.Host["api.".Length..]}/")
        : new Uri(Rest, Rest.AbsolutePath.EndsWith("/api/v3/", StringComparison.OrdinalIgnoreCase) ? "../../" : "/");

    /// <summary>True for github.com and its tenants, whose webhooks come over the public network.</summary>
    public bool IsCloud => Rest.Host.Equals("api.github.com", StringComparison.OrdinalIgnoreCase) || Rest.Host.EndsWith(".ghe.com", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="UserErrorException">It is no address that a token may be sent to.</exception>
    public static GitHubAddress Parse(string text)
    {
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var rest) || rest.Scheme is not ("https" or "http")
            || rest.Query.Length > 0 || rest.Fragment.Length > 0 || rest.UserInfo.Length > 0)
            throw new UserErrorException("GitHub:ApiBaseUrl is not an address. Write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server.");
        if (rest.Scheme == "http" && !rest.IsLoopback)
            throw new UserErrorException("GitHub:ApiBaseUrl begins with http: a token would travel unprotected. Write it with https.");
        // Enterprise Server has REST under /api/v3 and GraphQL beside it.
        var isEnterprise = rest.AbsolutePath.EndsWith("/api/v3/", StringComparison.OrdinalIgnoreCase);
        return new GitHubAddress(rest, new Uri(rest, isEnterprise ? "../graphql" : "graphql"));
    }

    public bool IsOurs(Uri address) =>
        address.IsAbsoluteUri && address.Scheme == Rest.Scheme
        && string.Equals(address.Authority, Rest.Authority, StringComparison.OrdinalIgnoreCase) && address.UserInfo.Length == 0;

    /// <summary>What follows the base in an address of ours; null for one of another host or outside the base.</summary>
    public string? Relative(Uri address) =>
        IsOurs(address) && address.PathAndQuery.StartsWith(Rest.AbsolutePath, StringComparison.Ordinal)
            ? address.PathAndQuery[Rest.AbsolutePath.Length..]
            : null;
}
