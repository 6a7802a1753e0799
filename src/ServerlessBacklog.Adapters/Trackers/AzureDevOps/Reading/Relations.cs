using System.Globalization;
using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>One entry of an item's relations that points at another work item.</summary>
/// <param name="Index">Its place in the list, which a patch removes it by.</param>
/// <param name="ProjectId">The project in its address: an id mostly; null when the address names none.</param>
internal sealed record Relation(int Index, string Reference, string? Name, string? ProjectId, int Target)
{
    /// <summary>Attachments, hyperlinks and artifacts are left out.</summary>
    public static IReadOnlyList<Relation> Of(JsonElement item) =>
        [.. item.Each("relations").Select((r, index) => Of(r, index)).OfType<Relation>()];

    private static Relation? Of(JsonElement relation, int index) =>
        relation.Text("rel") is { } reference && relation.Text("url") is { } url && ItemAddress.TryParse(url) is { } address
            ? new Relation(index, reference, relation.Part("attributes")?.Text("name"), address.Project, address.Id)
            : null;
}

/// <summary>The address of a work item: <c>…/org/project/_apis/wit/workItems/12</c>, the project being left out or an id.</summary>
/// <param name="Root">All before organization-wide parts: scheme, host and path.</param>
internal sealed record ItemAddress(string Root, string? Project, int Id)
{
    private const string Marker = "/_apis/wit/";

    public static ItemAddress? TryParse(string url)
    {
        var at = url.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (at <= 0 || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return null;
        var rest = url[(at + Marker.Length)..].Split('/', '?');
        if (rest is not [var kind, var number, ..] || kind.ToLowerInvariant() is not ("workitems" or "recyclebin"))
            return null;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 0)
            return null;
        var last = url[..at].LastIndexOf('/') + 1;
        var segment = url[last..at];
        return Guid.TryParse(segment, out _) ? new ItemAddress(url[..(last - 1)], segment, id) : new ItemAddress(url[..at], null, id);
    }
}
