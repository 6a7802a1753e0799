using System.IO.Compression;
using System.Text.Json;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Tests.Privacy;

/// <summary>1,076 reports of a public tracker, with stack traces, preferences and logs, whose text was published as it is.</summary>
public class SampleFalseAlarmTests(ITestOutputHelper output)
{
    [Fact]
    public void Few_of_a_thousand_public_reports_hold_what_is_taken_for_a_secret()
    {
        var (items, secret, phone) = (0, new List<string>(), new List<string>());
        foreach (var text in Texts())
        {
            items++;
            var redaction = new Redaction(new PrivacySettings());
            var hidden = redaction.Hide(text);
            if (redaction.Counts.ContainsKey("secret"))
                secret.Add(Around(hidden, "[secret-"));
            if (redaction.Counts.ContainsKey("phone"))
                phone.Add(Around(hidden, "[phone-"));
        }

        output.WriteLine($"{secret.Count} of {items} with a secret, {phone.Count} with a phone number\n{string.Join('\n', secret)}\n--\n{string.Join('\n', phone)}");
        items.ShouldBe(1_076);
        secret.Count.ShouldBeLessThanOrEqualTo(5, "one is a signed web token, four are random values in the addresses of visited pages");
        phone.ShouldBeEmpty();
    }

    private static string Around(string hidden, string sign)
    {
        var at = hidden.IndexOf(sign, StringComparison.Ordinal);
        return hidden[Math.Max(0, at - 60)..Math.Min(hidden.Length, at + 60)].ReplaceLineEndings("⏎");
    }

    private static IEnumerable<string> Texts()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Root(), "samples", "seamonkey.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var item = JsonDocument.Parse(line);
            yield return string.Join('\n', item.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => p.Value.GetString()));
        }
    }

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "ServerlessBacklog.sln")))
            at = at.Parent;
        return at.FullName;
    }
}
