using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.Benchmarks.Intake;

/// <summary>Made deliveries of GitHub, in the shape of a recorded one: no two of one maker tell the same, or of the same issue.</summary>
/// <param name="template">The payload of an event <c>issues</c>.</param>
/// <param name="bytes">How long a body is at least.</param>
internal sealed class MadeDelivery(JsonObject template, string repository, string secret, int bytes)
{
    private static readonly string[] Words =
        ["crash", "window", "on", "save", "the", "menu", "opens", "late", "after", "update", "font", "is", "lost", "when", "printing", "mail", "folder", "empty", "again", "sync"];

    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    public (string Id, byte[] Body, string Signature) Of(int number)
    {
        var payload = template.DeepClone().AsObject();
        payload["action"] = number % 2 == 0 ? "opened" : "edited";
        payload["repository"]!["full_name"] = repository;
        payload["repository"]!["name"] = repository.Split('/')[1];
        var issue = payload["issue"]!.AsObject();
        issue["number"] = number;
        issue["id"] = 4_000_000_000L + number;
        var at = Begin.AddSeconds(number).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        issue["created_at"] = at;
        issue["updated_at"] = at;
        issue["url"] = $"https://api.github.com/repos/{repository}/issues/{number}";
        issue["repository_url"] = $"https://api.github.com/repos/{repository}";
        issue["html_url"] = $"https://github.com/{repository}/issues/{number}";
        issue["title"] = Text(new Random(number), 60);
        issue["body"] = "";
        issue["body"] = Text(new Random(number), Math.Max(40, bytes - Encoding.UTF8.GetByteCount(payload.ToJsonString())));
        var body = Encoding.UTF8.GetBytes(payload.ToJsonString());
        return (new Guid(number, 0x4d, 0x41, 0, 1, 2, 3, 4, 5, 6, 7).ToString(), body, SignatureOf(body));
    }

    public string SignatureOf(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, body));

    private static string Text(Random random, int length)
    {
        var text = new StringBuilder(length + 20);
        while (text.Length < length)
            text.Append(text.Length == 0 ? "" : random.Next(12) == 0 ? ". " : " ").Append(Words[random.Next(Words.Length)]).Append(random.Next(4) == 0 ? $" {random.Next(100_000)}" : "");
        return text.ToString();
    }
}
