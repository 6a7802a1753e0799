using System.Text;
using CsCheck;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class DamagedFileTests
{
    private static readonly byte[] Json = Encoding.UTF8.GetBytes(
        """{"id":"1","title":"Tü","created_at":"2024-02-01","labels":["a"],"links":[{"type":"blocks","target":"2"}],"comments":[{"author":"m","at":"2024-02-01","body":"x"}],"events":[],"reactions":{"+1":1}}"""
        + "\n{\"id\":2,\"title\":\"U\",\"story_points\":3,\"url\":\"https://example.org\"}\n");

    private static readonly byte[] Csv = Encoding.UTF8.GetBytes(
        "id,title,created,labels,Comment,Inward issue link (Blocks)\n1,\"T \"\"x\"\"\",2/1/2024 3:04 PM,\"a,b\",01/Feb/24 3:04 PM;m;x,9\n2,\"two\nlines\",13/2/2024,,,\n");

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.json")]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.csv")]
    public void Damaged_bytes_are_read_reported_or_refused_in_words(string name)
    {
        using var file = new AFile();
        var original = name switch
        {
            "a.csv" => Csv,
            "a.json" => [(byte)'[', .. Json.AsSpan(0, Json.AsSpan().IndexOf((byte)'\n')), (byte)']'],
            "a.jsonl.gz" => AFile.Gzip(Json),
            _ => Json,
        };
        var damage = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte);

        damage.Array[1, 6].Sample(
            changes =>
            {
                var bytes = (byte[])original.Clone();
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                return ReadsOrRefuses(file.Write(name, bytes));
            },
            iter: 300,
            threads: 1,
            seed: "9zQXxf-SZug1");
    }

    private static bool ReadsOrRefuses(string path)
    {
        try
        {
            var read = AFile.ReadPathAsync(path).GetAwaiter().GetResult();
            return read.Items.Count > 0;
        }
        catch (UserErrorException refusal)
        {
            return refusal.Message.Length > 20;
        }
    }
}
