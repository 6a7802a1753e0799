using System.Text.Json;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Reads JSON values as text.</summary>
internal static class JsonText
{
    private static readonly string[] NameMembers = ["login", "username", "name", "title", "key", "displayName", "value"];

    /// <summary>
    /// Texts as they are, numbers as written, named objects (<c>{"login":"mary"}</c>, <c>{"name":"bug"}</c>) by their name; null for
    /// anything else, and for text that is no Unicode.
    /// </summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Unicode(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object => NameOf(value),
        _ => null,
    };

    /// <summary>The text of the first of <paramref name="names"/> that has one.</summary>
    public static string? Member(JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(value, name) is { } member && Of(member) is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    private static string? NameOf(JsonElement value)
    {
        foreach (var name in NameMembers)
        {
            if (Find(value, name) is { } member && member.ValueKind == JsonValueKind.String && Unicode(member) is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    /// <summary>The member's name; null when it is no Unicode.</summary>
    public static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Find(JsonElement value, string name)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (Name(member) == name)
                return member.Value;
        }

        return null;
    }

    private static string? Unicode(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair as \ud83d: GetString and Name have no Try form.
            return null;
        }
    }
}
