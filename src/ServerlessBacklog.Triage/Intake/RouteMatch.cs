namespace ServerlessBacklog.Triage.Intake;

/// <summary>Where a call leads, for hosts that do not map each route by themselves.</summary>
/// <param name="Route">Null when there is none for this method and path.</param>
/// <param name="Values">What stands in the path in place of the names of the template.</param>
/// <param name="Allowed">Methods that the path takes; empty when it is no path of ours.</param>
public sealed record RouteMatch(Route? Route, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Allowed)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>What is answered where no route is.</summary>
    public Reply Refusal() => Allowed.Count == 0
        ? Reply.Error(404, "There is no such address here.")
        : Reply.Error(405, $"This address takes {string.Join(" or ", Allowed)} only.");

    /// <param name="path">As it stands in the address, escapes and all, with or without its first slash.</param>
    /// <param name="routes">Those that a path is compared with; one of words wins over one of names.</param>
    public static RouteMatch Of(string method, string path, IReadOnlyList<Route> routes)
    {
        var segments = path.Trim('/').Split('/');
        var fitting = routes.Select(r => (Route: r, Values: Compare(r.Template.Split('/'), segments))).Where(m => m.Values is not null)
            .OrderBy(m => m.Values!.Count).ToList();
        var fewest = fitting.Count == 0 ? 0 : fitting[0].Values!.Count;
        fitting.RemoveAll(m => m.Values!.Count > fewest);
        return fitting.FirstOrDefault(m => m.Route.Method.Equals(method, StringComparison.OrdinalIgnoreCase)) is { Route: { } route, Values: { } values }
            ? new RouteMatch(route, values, [])
            : new RouteMatch(null, Nothing, [.. fitting.Select(m => m.Route.Method).Distinct()]);
    }

    /// <returns>The values; null when the path is another one.</returns>
    private static Dictionary<string, string>? Compare(string[] template, string[] path)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i].StartsWith("{*", StringComparison.Ordinal))
            {
                values[template[i][2..^1]] = Uri.UnescapeDataString(string.Join('/', path.Skip(i)));
                return values;
            }

            if (i >= path.Length)
                return null;
            if (template[i].StartsWith('{'))
                values[template[i][1..^1]] = Uri.UnescapeDataString(path[i]);
            else if (!template[i].Equals(path[i], StringComparison.OrdinalIgnoreCase))
                return null;
        }

        return template.Length == path.Length ? values : null;
    }
}
