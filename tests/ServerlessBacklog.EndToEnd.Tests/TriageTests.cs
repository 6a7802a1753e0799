using System.Text.Json;

namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class TriageTests : IDisposable
{
    private static readonly string[] StableNames =
    [
        "backlog", "source", "as_of", "items", "open", "new", "changed", "bad_records", "items_examined", "findings_made", "seconds",
        "peak_memory_mb", "counts", "problems", "failures", "findings", "decisions",
    ];

    private readonly Backlog program = new();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("a.jsonl")]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.csv")]
    public async Task Json_on_the_terminal_is_pure_and_keeps_its_names(string name)
    {
        switch (name)
        {
            case "a.jsonl": program.Write(name, Export.Lines(3)); break;
            case "a.jsonl.gz": program.Write(name, Export.Packed(Export.Lines(3))); break;
            default: program.Write(name, "Number,Title,Body,State\n1,One title,text,open\n2,Another title,text,open\n3,Third title,text,open\n"); break;
        }

        var ended = await program.RunAsync("triage", $"file:{name}", "--json");

        using var json = JsonDocument.Parse(ended.ShouldEndWith(0).Output);
        StableNames.ShouldBeSubsetOf(json.RootElement.EnumerateObject().Select(p => p.Name));
        json.RootElement.GetProperty("items").GetInt32().ShouldBe(3);
        json.RootElement.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        json.RootElement.GetProperty("peak_memory_mb").GetDouble().ShouldBeGreaterThan(1);
        string[] finding = ["item", "step", "status", "reason"];
        finding.ShouldBeSubsetOf(json.RootElement.GetProperty("findings")[0].EnumerateObject().Select(p => p.Name));
        string[] count = ["decided", "nothing_to_say", "not_yet"];
        count.ShouldBe(json.RootElement.GetProperty("counts").GetProperty("clarity").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Files_are_written_into_folders_that_did_not_exist_and_quiet_prints_results_only()
    {
        program.Write("a.jsonl", Export.Lines(3));

        var ended = await program.RunAsync("triage", "a.jsonl", "--report", "new/sub/r.html", "--json", "new/f.json", "--quiet");

        ended.ShouldEndWith(0).Output.ShouldNotContain("Shadow mode");
        ended.Errors.ShouldBeEmpty();
        File.ReadAllText(program.PathOf("new/sub/r.html")).ShouldContain("</html>");
        using var json = JsonDocument.Parse(File.ReadAllText(program.PathOf("new/f.json")));
        json.RootElement.GetProperty("open").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("rice")]
    [InlineData("ice")]
    [InlineData("moscow")]
    [InlineData("value-effort")]
    public async Task Every_framework_orders_the_items(string framework)
    {
        program.Write("a.jsonl", Export.Lines(3));
        program.Write("goals.yml", "goals:\n  - name: Stability\n    weight: 3\n    words: [crash]\n");

        (await program.RunAsync("triage", "file:a.jsonl", "--framework", framework, "--goals", "goals.yml")).ShouldEndWith(0).Output.ShouldContain("Do first");
    }

    [Fact]
    public async Task Assess_grades_and_import_stores()
    {
        program.Write("a.jsonl", Export.Lines(3));

        var imported = await program.RunAsync("import", "file:a.jsonl", "--backlog", "shop");
        imported.ShouldEndWith(0).Output.ShouldContain("3 new");
        (await program.RunAsync("import", "file:a.jsonl", "--backlog", "shop")).ShouldEndWith(0).Output.ShouldContain("3 as before");
        (await program.RunAsync("assess", "file:a.jsonl")).ShouldEndWith(0).Output.ShouldContain("readiness");
        using var json = JsonDocument.Parse((await program.RunAsync("assess", "file:a.jsonl", "--json")).ShouldEndWith(0).Output);
        json.RootElement.GetProperty("checks").GetArrayLength().ShouldBeGreaterThan(0);
        (await program.RunAsync("items")).ShouldEndWith(0).Errors.ShouldContain("Backlog 'a', triaged last; --backlog chooses another");
    }
}
