using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Mapping;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Reads <c>[{"type":"blocks","target":"12"}]</c>, and the <c>[{"type":"blocks","depends_on_id":"12"}]</c> of beads.</summary>
internal static class JsonLinks
{
    public static IEnumerable<(LinkKind Kind, string Target)> Read(JsonElement list, JsonRecord record, FileMapping mapping)
    {
        foreach (var link in list.EnumerateArray())
        {
            if (link.ValueKind != JsonValueKind.Object)
            {
                record.WrongType(Field.Links, link, "objects such as {\"type\":\"blocks\",\"target\":\"12\"}");
                continue;
            }

            var type = JsonText.Member(link, "type");
            var mapped = type is null ? null : mapping.Link(type);
            if (Target(link, "target", "id", "key") is { } target)
                yield return (mapped ?? LinkWords.Read(type), target);
            else if (Target(link, "depends_on_id") is { } prerequisite)
                yield return (mapped ?? LinkWords.ReadDependency(type), prerequisite);
            else
                record.Complain("a link has no target; write {\"type\":\"blocks\",\"target\":\"12\"}. The link is left out.");
        }
    }

    private static string? Target(JsonElement link, params ReadOnlySpan<string> names) =>
        JsonText.Member(link, names) is { } text && PlainText.OneLine(text) is { Length: > 0 } target ? target : null;
}
