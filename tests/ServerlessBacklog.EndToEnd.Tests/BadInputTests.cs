using System.Text;

namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly Backlog program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Bad_lines_are_reported_by_number_and_do_not_stop_the_rest()
    {
        program.Write("mixed.jsonl", Export.Line(1) + "{\"id\":\"2\",\"title\":\nnot json\n[1,2]\n" + Export.Line(3) + "{\"id\":\"5\",\"title\":\"cut");

        var ended = await program.RunAsync("triage", "file:mixed.jsonl");

        ended.ShouldEndWith(0).Output.ShouldContain("2 open items, 2 read");
        ended.Errors.ShouldContain("line 2");
        ended.Errors.ShouldContain("line 3");
        ended.Errors.ShouldContain("4 records had a problem");
    }

    [Fact]
    public async Task An_unknown_column_is_a_note_and_no_bad_record()
    {
        program.Write("a.csv", "Number,Title,Body,State,Colour\n1,\"Crash, on save\",text,open,red\n");

        var ended = await program.RunAsync("triage", "file:a.csv", "--json");

        ended.ShouldEndWith(0).Output.ShouldContain("\"bad_records\": 0");
        ended.Output.ShouldContain("Colour");
    }

    [Fact]
    public async Task Broken_quoting_is_reported_with_its_line()
    {
        program.Write("a.csv", "Number,Title,State\n1,\"Crash\" on save,open\n2,Second title,open\n");

        var ended = await program.RunAsync("triage", "file:a.csv");

        ended.ShouldEndWith(0).Errors.ShouldContain("line 2");
        ended.Output.ShouldContain("1 open item, 1 read");
    }

    [Fact]
    public async Task Another_encoding_is_read_and_told()
    {
        program.Write("a.csv", Encoding.Latin1.GetBytes("Number,Title,State\n1,Schöne Grüße,open\n"));

        var ended = await program.RunAsync("triage", "file:a.csv");

        ended.ShouldEndWith(0).Output.ShouldContain("Schöne Grüße");
        ended.Errors.ShouldContain("Windows-1252");
    }

    [Fact]
    public async Task A_body_of_200_kilobytes_is_read()
    {
        program.Write("a.jsonl", $$"""{"id":"1","title":"A big one","body":"{{string.Concat(Enumerable.Repeat("word ", 40_000))}}","state":"open"}""");

        (await program.RunAsync("triage", "file:a.jsonl", "--report", "r.html")).ShouldEndWith(0).Output.ShouldContain("1 open item");
    }

    [Theory]
    [InlineData("empty.jsonl", "is empty")]
    [InlineData("blank.jsonl", "holds no record")]
    [InlineData("cut.jsonl.gz", "cut-off gzip")]
    [InlineData("bomb.jsonl.gz", "more than 200 times its size")]
    [InlineData("fake.jsonl.gz", "holds no gzip data")]
    [InlineData("noise.jsonl", "line 1")]
    [InlineData("columns.csv", "no column for the title")]
    [InlineData("sheet.xlsx", "Excel")]
    [InlineData("missing.jsonl", "There is no file")]
    public async Task A_file_that_cannot_be_used_ends_with_1_and_what_to_do(string name, string part)
    {
        Write(name);

        var ended = await program.RunAsync("triage", name, "--report", "r.html", "--json", "f.json");

        ended.ShouldEndWith(1).Errors.ShouldContain(part);
        ended.Output.ShouldBeEmpty();
        Directory.GetFiles(program.Folder).Select(Path.GetFileName).ShouldBeSubsetOf([name]);
    }

    [Fact]
    public async Task A_title_can_neither_steer_the_terminal_nor_the_layout()
    {
        program.Write("a.jsonl", """{"id":"1","title":"\u001b[31mRed [red]x[/] [/] \u001b]0;pwn\u0007","body":"[bold]","state":"open","priority":"P1"}""");

        var triaged = await program.RunAsync("triage", "file:a.jsonl");
        var listed = await program.RunAsync("items");
        var explained = await program.RunAsync("decisions", "why", "1");

        foreach (var ended in new[] { triaged, listed, explained })
        {
            ended.ShouldEndWith(0).Output.ShouldContain("[red]x[/] [/]");
            ended.Output.ShouldNotContain("\u001b");
            ended.Output.ShouldNotContain("\u0007");
        }
    }

    [Theory]
    [InlineData("goals: [\n", "not YAML")]
    [InlineData("gaols:\n - x\n", "Did you mean 'goals'")]
    public async Task A_bad_goals_file_is_refused_with_its_line(string text, string part)
    {
        program.Write("a.jsonl", Export.Line(1));
        program.Write("goals.yml", text);

        (await program.RunAsync("triage", "file:a.jsonl", "--goals", "goals.yml")).ShouldEndWith(1).Errors.ShouldContain(part);
    }

    private void Write(string name)
    {
        switch (name)
        {
            case "empty.jsonl": program.Write(name, ""); break;
            case "blank.jsonl": program.Write(name, "\n\n"); break;
            case "cut.jsonl.gz": program.Write(name, Export.Packed(Export.Lines(50))[..^20]); break;
            case "bomb.jsonl.gz": program.Write(name, Export.Bomb()); break;
            case "fake.jsonl.gz": program.Write(name, "hello, world"); break;
            case "noise.jsonl": program.Write(name, [1, 2, 3, 4, 0xff, 10, 5]); break;
            case "columns.csv": program.Write(name, "foo,bar\n1,2\n"); break;
            case "sheet.xlsx": program.Write(name, "PK\u0003\u0004"); break;
            default: break;
        }
    }
}
