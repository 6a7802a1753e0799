namespace ServerlessBacklog.StandIns.Http;

/// <summary>Finds what answers a path. Names in paths are unescaped one by one, so that they may hold slashes.</summary>
internal sealed class Router<T>
{
    private readonly List<(string Method, string[] Template, T Handler)> routes = [];

    public Router<T> Add(string method, string template, T handler)
    {
        routes.Add((method, template.Trim('/').Split('/'), handler));
        return this;
    }

    /// <param name="knownPath">True when the path is known, if only for other methods.</param>
    public (T Handler, IReadOnlyDictionary<string, string> Values)? Find(string method, string path, out bool knownPath)
    {
        knownPath = false;
        var parts = path.Trim('/').Split('/');
        foreach (var (routeMethod, template, handler) in routes)
            if (Match(template, parts) is { } values)
            {
                knownPath = true;
                if (routeMethod.Equals(method, StringComparison.OrdinalIgnoreCase))
                    return (handler, values);
            }

        return null;
    }

    private static Dictionary<string, string>? Match(string[] template, string[] parts)
    {
        if (template.Length != parts.Length)
            return null;
        var values = new Dictionary<string, string>();
        for (var i = 0; i < template.Length; i++)
            if (template[i] is ['{', .. var name, '}'])
                values[name] = Uri.UnescapeDataString(parts[i]);
            else if (!template[i].Equals(parts[i], StringComparison.OrdinalIgnoreCase))
                return null;
        return values;
    }
}
