using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ServerlessBacklog.Analysis.Clarity;

namespace ServerlessBacklog.Analysis.Tests.Clarity;

public sealed class LabelledSetTests(ITestOutputHelper output)
{
    [Fact]
    public void Vague_items_of_the_tuning_rows_are_found_as_well_as_measured()
    {
        var measured = Measure(row => row % 3 != 0);

        output.WriteLine($"tuning rows: {measured}");
        measured.F1.ShouldBeGreaterThanOrEqualTo(TuningFloor);
    }

    [Fact]
    public void Vague_items_of_the_held_back_rows_are_found_as_well_as_measured()
    {
        var measured = Measure(row => row % 3 == 0);

        output.WriteLine($"held-back rows: {measured}");
        measured.F1.ShouldBeGreaterThanOrEqualTo(HeldBackFloor);
    }

    private const double TuningFloor = 0.60;
    private const double HeldBackFloor = 0.40;

    private static Measured Measure(Func<int, bool> take)
    {
        var items = Items();
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var (row, line) in File.ReadLines(Root("tests/fixtures/clarity-labels.tsv")).Index().Skip(1))
        {
            if (!take(row))
                continue;
            var fields = line.Split('\t');
            var (title, body, type) = items[(fields[0], fields[1])];
            var kind = ItemKinds.Infer(type, [], title, body);
            var found = ClarityExaminer.CanRead(title, body) && ClarityExaminer.Examine(kind, title, body, []).IsVague;
            var vague = fields[2] == "vague";
            right += found && vague ? 1 : 0;
            wrong += found && !vague ? 1 : 0;
            missed += !found && vague ? 1 : 0;
        }

        return new Measured(right, wrong, missed);
    }

    private static Dictionary<(string Project, string Id), (string Title, string Body, string? Type)> Items()
    {
        using var sample = new StreamReader(new GZipStream(File.OpenRead(Root("samples/seamonkey.jsonl.gz")), CompressionMode.Decompress));
        return sample.ReadToEnd().Split('\n').Concat(File.ReadLines(Root("tests/fixtures/clarity-items.jsonl")))
            .Where(l => l.Length > 0)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .ToDictionary(e => (Text(e, "project") ?? "seamonkey", Text(e, "id")!), e => (Text(e, "title") ?? "", Text(e, "body") ?? "", Text(e, "type")));
    }

    private static string? Text(JsonElement item, string field) => item.TryGetProperty(field, out var value) ? value.ToString() : null;

    private static string Root(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../..", path));

    private sealed record Measured(int Right, int Wrong, int Missed)
    {
        public double F1 => 2.0 * Right / ((2 * Right) + Wrong + Missed);

        public override string ToString() => $"F1 {F1:0.000}, precision {(double)Right / (Right + Wrong):0.000}, recall {(double)Right / (Right + Missed):0.000} ({Right} right, {Wrong} wrong, {Missed} missed)";
    }
}
