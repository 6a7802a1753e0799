using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.Files.Words;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Reads a bare count as thumbs up, or an object of counts with GitHub's names.</summary>
internal static class JsonReactions
{
    public static Reactions Read(JsonRecord record)
    {
        var reactions = new Reactions();
        foreach (var value in record.Values(Field.Reactions))
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
                reactions = reactions with { ThumbsUp = count };
            else if (value.ValueKind == JsonValueKind.Object)
                reactions = Counts(value);
            else
                record.WrongType(Field.Reactions, value, "a count or {\"+1\":3,\"-1\":0}");
        }

        return reactions;
    }

    private static Reactions Counts(JsonElement value)
    {
        var (up, down, other) = (0, 0, 0);
        var people = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonText.Name(member);
            if (name == "people" && member.Value.ValueKind == JsonValueKind.Array)
                people.AddRange(member.Value.EnumerateArray().Select(JsonText.Of).OfType<string>());
            if (member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt32(out var count) || count < 0)
                continue;
            switch (name?.ToLowerInvariant())
            {
                case "+1" or "thumbs_up":
                    up = count;
                    break;
                case "-1" or "thumbs_down":
                    down = count;
                    break;
                case not "total_count":
                    other += count;
                    break;
            }
        }

        return new Reactions(up, down, other) { People = People.Read(people) };
    }
}
