using System.IO.Compression;
using System.Runtime.CompilerServices;
using NJsonSchema;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class SchemaTests
{
    [Fact]
    public async Task Every_line_of_the_sample_fits_the_schema()
    {
        var schema = await SchemaAsync();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(InRepository("samples", "seamonkey.jsonl.gz")), CompressionMode.Decompress));
        var lines = 0;

        while (await reader.ReadLineAsync() is { } line)
        {
            schema.Validate(line).ShouldBeEmpty($"line {++lines}");
        }

        lines.ShouldBe(1076);
    }

    [Fact]
    public async Task The_sample_is_read_without_a_problem()
    {
        var read = await AFile.ReadPathAsync(InRepository("samples", "seamonkey.jsonl.gz"));

        read.Problems.ShouldBeEmpty();
        read.Items.Count.ShouldBe(1076);
        read.Items.Count(i => i.IsOpen).ShouldBe(567);
    }

    [Theory]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"title":"T"}""")]
    [InlineData("""{"id":"1","title":" "}""")]
    [InlineData("""{"id":"1","title":12}""")]
    [InlineData("""{"id":"1","title":"T","created_at":"yesterday"}""")]
    [InlineData("""{"id":"1","title":"T","story_points":-1}""")]
    [InlineData("""{"id":"1","title":"T","labels":[true]}""")]
    [InlineData("""{"id":"1","title":"T","links":[{"type":"blocks"}]}""")]
    [InlineData("""{"id":"1","title":"T","comments":[{"author":"mary"}]}""")]
    [InlineData("""{"id":"1","title":"T","url":"javascript:alert(1)"}""")]
    public async Task What_the_schema_refuses_the_tracker_reports_too(string line)
    {
        using var file = new AFile();
        var schema = await SchemaAsync();

        var read = await file.ReadAsync("a.jsonl", "{\"id\":\"0\",\"title\":\"T\"}\n" + line);

        schema.Validate(line).ShouldNotBeEmpty();
        read.OnlyProblem.ShouldStartWith("line 2: ");
    }

    private static Task<JsonSchema> SchemaAsync() => JsonSchema.FromFileAsync(InRepository("schemas", "work-item.schema.json"));

    private static string InRepository(string folder, string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(here), "..", "..", "..", "..", folder, name));
}
