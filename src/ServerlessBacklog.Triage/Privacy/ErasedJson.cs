using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// Puts pseudonyms into stored JSON whatever its type: into what names a person and what is said in words. Single words elsewhere are
/// states, kinds and keys, addresses of items are the project's, and ids must stay.
/// </summary>
public static class ErasedJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly HashSet<string> People = new(StringComparer.OrdinalIgnoreCase) { "Login", "By", "Value", "Away", "User", "Actor", "Author", "Person", "Assignee", "Before", "After" };
    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase) { "Text", "Reason", "Quote", "Why", "Note", "Markdown", "Title", "Body" };

    /// <returns>The same instance when nothing is in it, or when it is no JSON.</returns>
    public static string In(ErasedNames names, string json)
    {
        try
        {
            var changed = false;
            var node = Walk(names, JsonNode.Parse(json), "", ref changed);
            return changed ? node!.ToJsonString(Options) : json;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    /// <summary>Whether any text in it, property names too, holds one of the names. For what is deleted rather than changed.</summary>
    public static bool Holds(ErasedNames names, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Holds(names, document.RootElement);
        }
        catch (JsonException)
        {
            return names.In(json) != json;
        }
    }

    private static bool Holds(ErasedNames names, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(p => Holds(names, p.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(e => Holds(names, e)),
        JsonValueKind.String => element.GetString() is { } text && names.In(text) != text,
        _ => false,
    };

    private static JsonNode? Walk(ErasedNames names, JsonNode? node, string property, ref bool changed)
    {
        switch (node)
        {
            case JsonObject known:
                foreach (var (name, value) in known.ToList())
                {
                    known.Remove(name);
                    var now = property == "CapacityOf" ? names.Login(name) : name;
                    changed |= now != name;
                    known[now] = Walk(names, value, name, ref changed);
                }

                return known;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    var value = list[i];
                    list[i] = null;
                    list[i] = Walk(names, value, property, ref changed);
                }

                return list;
            case JsonValue value when value.TryGetValue<string>(out var text):
                var erased = In(names, property, text);
                changed |= erased != text;
                return erased == text ? node : JsonValue.Create(erased);
            default:
                return node;
        }
    }

    private static string In(ErasedNames names, string property, string text) =>
        WorkItemRef.TryParse(text, out _) ? text
        : Texts.Contains(property) || text.Any(char.IsWhiteSpace) ? names.In(text)
        : People.Contains(property) ? names.Login(text)
        : text;
}
