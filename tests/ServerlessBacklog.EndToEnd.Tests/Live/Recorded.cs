using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>Payloads that trackers really sent (tests/fixtures/README.md).</summary>
internal static class Recorded
{
    public static IReadOnlyList<(string Event, byte[] Body)> GitHub { get; } = ReadGitHub();

    public static IReadOnlyList<(string Name, byte[] Body)> AzureDevOps { get; } =
        [.. Directory.GetFiles(Folder("azuredevops"), "*.json").Order().Select(f => (Path.GetFileNameWithoutExtension(f), File.ReadAllBytes(f)))];

    /// <summary>An issue that was opened, to be changed at will.</summary>
    public static JsonObject OpenedIssue => JsonNode.Parse(GitHub.First(r => r.Event == "issues" && Text(r.Body).Contains("\"action\":\"opened\"", StringComparison.Ordinal)).Body)!.AsObject();

    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static string Text(byte[] body) => Encoding.UTF8.GetString(body);

    private static List<(string Event, byte[] Body)> ReadGitHub()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder("github"), "octokit-webhooks-examples.jsonl.gz")), CompressionMode.Decompress));
        var recorded = new List<(string, byte[])>();
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            recorded.Add((json.RootElement.GetProperty("event").GetString()!, Encoding.UTF8.GetBytes(json.RootElement.GetProperty("payload").GetRawText())));
        }

        return recorded;
    }

    private static string Folder(string tracker, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "fixtures", tracker);
}
