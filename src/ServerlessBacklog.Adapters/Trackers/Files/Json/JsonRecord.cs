using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>A JSON object as a record. Unknown members are passed over; a known one of the wrong type is a problem.</summary>
internal sealed class JsonRecord : ItemRecord
{
    private readonly List<(Field Field, int Rank, JsonElement Value)> members = new(24);
    private readonly MemberNames names;

    public JsonRecord(string place, JsonElement record, MemberNames names)
        : base(place)
    {
        this.names = names;
        foreach (var member in record.EnumerateObject())
        {
            if (JsonText.Name(member) is not { } name)
                continue;
            if (names.Find(name) is { } known && member.Value.ValueKind != JsonValueKind.Null)
                members.Add((known.Field, known.Rank, member.Value));
            IsPullRequest |= name == "pull_request" && member.Value.ValueKind == JsonValueKind.Object;
        }

        members.Sort((a, b) => a.Rank.CompareTo(b.Rank));
    }

    public override bool IsPullRequest { get; }

    public override string? Text(Field field)
    {
        foreach (var value in Values(field))
        {
            if (Allows(field, value.ValueKind) && JsonText.Of(value) is { } text)
            {
                if (!string.IsNullOrWhiteSpace(text))
                    return text;
            }
            else
            {
                WrongType(field, value);
            }
        }

        return null;
    }

    public override IReadOnlyList<string> Texts(Field field)
    {
        var texts = new List<string>();
        var rank = int.MaxValue;
        foreach (var member in members)
        {
            if (member.Field != field || member.Rank > rank)
                continue;
            Add(texts, field, member.Value);
            rank = texts.Count > 0 ? member.Rank : rank;
        }

        return texts;
    }

    public override bool? Flag(Field field)
    {
        foreach (var value in Values(field))
        {
            if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                return value.GetBoolean();
        }

        return base.Flag(field);
    }

    public override double? Number(Field field)
    {
        foreach (var value in Values(field))
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number))
                return number;
            if (value.ValueKind == JsonValueKind.String && double.TryParse(JsonText.Of(value), out number) && double.IsFinite(number))
                return number;
            if (value.ValueKind != JsonValueKind.String || !string.IsNullOrWhiteSpace(JsonText.Of(value)))
                WrongType(field, value, "a number");
        }

        return null;
    }

    public override IEnumerable<(LinkKind Kind, string Target)> Links()
    {
        foreach (var value in Values(Field.Links))
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var link in JsonLinks.Read(value, this, names.Mapping))
                    yield return link;
            }
            else
            {
                WrongType(Field.Links, value, "a list of {type, target}");
            }
        }
    }

    public override WorkItemHistory History() => JsonHistory.Read(this);

    public IEnumerable<JsonElement> Values(Field field)
    {
        foreach (var member in members)
        {
            if (member.Field == field)
                yield return member.Value;
        }
    }

    public void WrongType(Field field, JsonElement value, string wanted = "a text")
    {
        var found = value.ValueKind switch
        {
            JsonValueKind.String => wanted == "a text" ? "text with broken characters (is the file UTF-8?)" : "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            _ => "true or false",
        };
        var result = field is Field.Title or Field.Id ? "The record is skipped." : "It is left out.";
        Complain($"{FieldNames.Of(field)} is {found}; write {wanted}. {result}");
    }

    private static bool Allows(Field field, JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => true,
        JsonValueKind.Number => field is Field.Id or Field.Project or Field.Priority or Field.Severity or Field.Reporter,
        JsonValueKind.Object => field is not (Field.Id or Field.Title or Field.Body or Field.Url),
        _ => false,
    };

    private void Add(List<string> texts, Field field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in value.EnumerateArray())
                AddOne(texts, field, one);
        }
        else
        {
            AddOne(texts, field, value);
        }
    }

    private void AddOne(List<string> texts, Field field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        if (JsonText.Of(value) is not { } text)
            WrongType(field, value);
        else if (PlainText.OneLine(text).Length > 0)
            texts.Add(text);
    }
}
