using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.Benchmarks.Scale;

/// <summary>
/// Backlogs of any size out of the sample's texts: each title and each body is put together from two reports, so that items differ but
/// keep real words, lengths and a share of near duplicates. What the sample lacks (types, areas, people, points, links) is made up by
/// rule, so that every step has work. The same size gives the same file.
/// </summary>
internal static class MadeBacklog
{
    private const int Seed = 20260601;

    private static readonly string[] Types = ["bug", "bug", "bug", "feature", "task", "documentation"];
    private static readonly string[] Areas = ["mail", "browser", "composer", "preferences", "build", "themes", "addressbook", "search", "security", "startup"];
    private static readonly int[] Points = [1, 2, 3, 5, 8, 13];

    public static async Task WriteAsync(string samplePath, int count, string path)
    {
        var reports = await ReadAsync(samplePath);
        var random = new Random(Seed);
        await using var file = new StreamWriter(path);
        for (var i = 0; i < count; i++)
            await file.WriteLineAsync(Item(i, reports[random.Next(reports.Count)], reports[random.Next(reports.Count)], random).ToJsonString());
    }

    private static async Task<List<JsonNode>> ReadAsync(string path)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var reports = new List<JsonNode>();
        while (await lines.ReadLineAsync() is { } line)
            reports.Add(JsonNode.Parse(line)!);
        return reports;
    }

    private static JsonObject Item(int i, JsonNode first, JsonNode second, Random random)
    {
        var created = DateTimeOffset.Parse(first["created_at"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        var item = new JsonObject
        {
            ["id"] = i,
            ["project"] = "made",
            ["title"] = Joined(Text(first, "title"), Text(second, "title"), ' '),
            ["body"] = Joined(Text(first, "body"), Text(second, "body"), '\n'),
            ["created_at"] = created.ToString("O"),
            ["state"] = i % 2 == 0 ? "open" : "closed",
            ["reporter"] = $"reporter{random.Next(200)}",
            ["comments"] = random.Next(12),
        };
        if (i % 2 == 1)
            item["closed_at"] = created.AddDays(1 + random.Next(300)).ToString("O");
        if (i % 3 != 0)
            (item["type"], item["component"]) = (Types[random.Next(Types.Length)], Areas[random.Next(Areas.Length)]);
        if (i % 2 == 1 || i % 4 == 0)
            item["assignee"] = $"developer{Math.Min(random.Next(15), random.Next(15))}";
        if (i % 5 < 2)
            item["story_points"] = Points[random.Next(Points.Length)];
        if (i % 20 == 10)
            item["blocked_by"] = random.Next(i);
        if (i % 50 == 25)
            item["duplicate_of"] = random.Next(i);
        return item;
    }

    /// <summary>The first half of one text and the second half of the other.</summary>
    private static string Joined(string first, string second, char between)
    {
        var (head, tail) = (first.Split(between), second.Split(between));
        return string.Join(between, head.Take((head.Length + 1) / 2).Concat(tail.Skip(tail.Length / 2)));
    }

    private static string Text(JsonNode report, string name) => report[name]?.GetValue<string>() ?? "";
}
