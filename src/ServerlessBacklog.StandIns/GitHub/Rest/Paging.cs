using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Rest;

/// <summary>Pages with absolute addresses of their neighbors in the header <c>Link</c>.</summary>
internal static class Paging
{
    private const int Most = 100;

    public static Answer Page<T>(this Visit visit, IEnumerable<T> items, Func<T, JsonNode?> shape) => visit.Page(items, shape, a => a);

    /// <param name="wrap">Puts the array of a page into its envelope.</param>
    public static Answer Page<T>(this Visit visit, IEnumerable<T> items, Func<T, JsonNode?> shape, Func<JsonArray, JsonNode> wrap)
    {
        var all = items as IReadOnlyList<T> ?? [.. items];
        var size = PerPage(visit);
        var page = Math.Max(1, int.TryParse(visit.Call.Query("page"), out var p) ? p : 1);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var answer = Answer.Ok(wrap(Shapes.Array(all.Skip((page - 1) * size).Take(size).Select(shape))));
        var links = new List<string>();
        if (page > 1)
            links.Add(Link(visit, Math.Min(page - 1, last), "prev"));
        if (page < last)
        {
            links.Add(Link(visit, page + 1, "next"));
            links.Add(Link(visit, last, "last"));
        }

        if (page > 1)
            links.Add(Link(visit, 1, "first"));
        return links.Count == 0 ? answer : answer.With("Link", string.Join(", ", links));
    }

    public static int PerPage(Visit visit) => Math.Clamp(int.TryParse(visit.Call.Query("per_page"), out var size) ? size : 30, 1, Most);

    public static string Address(Visit visit, string name, string value)
    {
        var query = visit.Call.Queries.Where(q => q.Key != name).Append(KeyValuePair.Create(name, value))
            .Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}");
        return $"{visit.Shapes.Root}{visit.Prefix}{CanonicalPath(visit)}?{string.Join('&', query)}";
    }

    /// <summary>GitHub's links name repositories by id: who builds addresses of pages by himself does not find these.</summary>
    private static string CanonicalPath(Visit visit)
    {
        var parts = visit.Call.Path.Trim('/').Split('/');
        return parts[0] == "repos" ? "/repositories/" + string.Join('/', parts.Skip(3).Prepend($"{visit.Repo().Id}")) : visit.Call.Path;
    }

    private static string Link(Visit visit, int page, string rel) => $"<{Address(visit, "page", $"{page}")}>; rel=\"{rel}\"";
}
