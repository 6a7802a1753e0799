namespace ServerlessBacklog.Adapters.Notifications.Webhooks;

/// <summary>
/// Webhooks by name, as the settings give them, and the hosts that they may lie on: a setting that points elsewhere would carry titles of items there. No message
/// of this class repeats a URL.
/// </summary>
/// <param name="hosts">Names of hosts; those that begin with a dot stand for all below them.</param>
internal sealed class WebhookAddresses(string setting, IReadOnlyDictionary<string, string> urls, IReadOnlyList<string> hosts, bool allowLoopback)
{
    public bool IsEmpty => urls.Count == 0;

    public IEnumerable<string> Names => urls.Keys.Order(StringComparer.OrdinalIgnoreCase);

    public string? WhyRefused(string name) => Find(name).Why;

    public Uri? Of(string name) => Find(name).Url;

    /// <summary>Without a name the only one is meant, or the one that is called so.</summary>
    private (Uri? Url, string? Why) Find(string name)
    {
        var key = name.Length > 0 ? name : urls.Count == 1 ? urls.Keys.First() : "default";
        if (!urls.TryGetValue(key, out var text))
            return (null, $"There is no setting {setting}:{key}. Set it to the URL of the webhook.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return (null, $"The setting {setting}:{key} is no URL.");
        if (url.IsLoopback && allowLoopback)
            return (url, null);
        if (url.Scheme != Uri.UriSchemeHttps || !url.IsDefaultPort || url.UserInfo.Length > 0)
            return (null, $"The setting {setting}:{key} is no plain https URL.");
        return hosts.Any(h => h[0] == '.' ? url.IdnHost.EndsWith(h, StringComparison.OrdinalIgnoreCase) : url.IdnHost.Equals(h, StringComparison.OrdinalIgnoreCase))
            ? (url, null)
            : (null, $"The setting {setting}:{key} points to a host that is none of {string.Join(", ", hosts.Select(h => h[0] == '.' ? $"*{h}" : h))}, so nothing is sent there.");
    }
}
