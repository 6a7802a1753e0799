using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class MappingFileTests
{
    private const string German = "Vorgang;Kurzbeschreibung;Zustand;Erstellt;Farbe\nA-1;Absturz;Zu erledigen;01.02.2024 15:04;rot\n";

    [Fact]
    public async Task Unusual_columns_states_project_and_dates_are_mapped()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.csv", German, """
            project: Laden
            delimiter: ";"
            encoding: utf-8
            dateFormat: "dd.MM.yyyy HH:mm"
            columns: { "Vorgang": id, Kurzbeschreibung: title, Zustand: state, Erstellt: created_at, Farbe: ignore }
            states: { "Zu erledigen": started }
            """);

        read.Problems.ShouldBeEmpty();
        (read.Only.Ref.ToString(), read.Only.Title, read.Only.State, read.Only.TrackerState).ShouldBe(("file:Laden#A-1", "Absturz", WorkItemState.Started, "Zu erledigen"));
        read.Only.CreatedAt.ShouldBe(new DateTimeOffset(2024, 2, 1, 15, 4, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Link_words_and_members_of_JSON_are_mapped_too()
    {
        using var file = new AFile();

        var read = await file.ReadAsync(
            "a.jsonl", """{"nr":5,"title":"T","links":[{"type":"blocks","target":"2"}]}""", "columns: { nr: id }\nlinks: { blocks: blocked-by }\n");

        read.Only.Ref.Number.ShouldBe("5");
        read.Only.Links.Single().Kind.ShouldBe(LinkKind.BlockedBy);
    }

    [Fact]
    public async Task A_missing_title_column_names_the_columns_and_shows_a_mapping()
    {
        using var file = new AFile();

        var refusal = await file.RefusalAsync("a.csv", German);

        refusal.ShouldContain("no column for the title");
        refusal.ShouldContain("\"Vorgang\", \"Kurzbeschreibung\"");
        refusal.ShouldContain("--mapping map.yaml");
    }

    [Theory]
    [InlineData("project: X\ncolums: { A: id }", "line 2: 'colums' is not known; did you mean 'columns'?")]
    [InlineData("columns:\n  A: id\n  B: titel", "line 3: 'titel' is not known; did you mean 'title'?")]
    [InlineData("states: { Offen: opn }", "line 1: 'opn' is not known; did you mean 'open'?")]
    [InlineData("links: { hindert: block }", "did you mean 'blocks'?")]
    [InlineData("encoding: utf-88", "line 1: 'utf-88' is no encoding")]
    [InlineData("delimiter: \";;\"", "line 1: delimiter is one character")]
    [InlineData("columns: [id]", "line 1: columns, states and links must hold lines such as")]
    [InlineData("columns: {", "is not valid YAML")]
    public async Task What_a_mapping_file_does_not_know_is_refused_with_line_and_suggestion(string mapping, string message)
    {
        using var file = new AFile();

        (await file.RefusalAsync("a.csv", German, mapping)).ShouldContain(message);
    }
}
