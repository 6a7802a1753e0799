namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

/// <summary>Which organization (or collection) an address of the service belongs to.</summary>
internal static class Organizations
{
    private const string OldCloud = ".visualstudio.com";

    /// <summary>Null when it lies neither below <paramref name="baseUrl"/> nor in the cloud (<c>dev.azure.com/org</c>, <c>org.visualstudio.com</c>).</summary>
    public static string? Of(string? url, Uri baseUrl)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        var name = Below(address, baseUrl) ?? Below(address, AzureDevOpsOptions.Cloud) ?? InOldCloud(address);
        return name is not null && AzureProject.IsOrganization(name) ? name : null;
    }

    private static string? Below(Uri address, Uri root)
    {
        var path = root.AbsolutePath.TrimEnd('/') + '/';
        if (!address.Host.Equals(root.Host, StringComparison.OrdinalIgnoreCase) || address.Port != root.Port
            || !address.AbsolutePath.StartsWith(path, StringComparison.OrdinalIgnoreCase))
            return null;
        var first = address.AbsolutePath[path.Length..].Split('/')[0];
        return first.Length > 0 && first != "_apis" ? Uri.UnescapeDataString(first) : null;
    }

    private static string? InOldCloud(Uri address) =>
        address.Host.EndsWith(OldCloud, StringComparison.OrdinalIgnoreCase) && !address.Host[..^OldCloud.Length].Contains('.', StringComparison.Ordinal)
            ? address.Host[..^OldCloud.Length]
            : null;
}
