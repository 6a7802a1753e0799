using System.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class CsvTests
{
    [Fact]
    public async Task A_Jira_export_is_read_with_repeated_columns_links_and_comments()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("jira.csv", """"
            Summary,Issue key,Issue id,Issue Type,Status,Resolution,Priority,Project key,Created,Updated,Resolved,Reporter,Assignee,Labels,Labels,Component/s,Component/s,Description,Custom field (Story Points),Due date,Sprint,Sprint,Parent,Inward issue link (Blocks),Outward issue link (Blocks),Outward issue link (Duplicate),Comment,Comment,Custom field (Rank)
            "Save ""fails""",XD-1,10001,Bug,Selected for Development,Unresolved,High,XD,01/Feb/24 3:04 PM,02/Feb/24 9:00 AM,,ann,mary,ui,slow,Editor,Core,"Two
            lines",5,28/Feb/24 12:00 AM,S1,S2,10000,XD-7,XD-8,XD-9,01/Feb/24 4:00 PM;mary;Seen; confirmed,,x
            """");

        var item = read.Only;
        read.OnlyProblem.ShouldBe("header: not used: \"Custom field (Rank)\"; map a column to one of our fields, or to ignore, with --mapping.");
        item.Ref.ToString().ShouldBe("file:XD#XD-1");
        (item.Title, item.Body, item.State, item.Resolution).ShouldBe(("Save \"fails\"", "Two\nlines", WorkItemState.Open, null));
        (item.Type, item.Priority, item.StoryPoints, item.Milestone).ShouldBe(("Bug", "High", 5, "S2"));
        item.CreatedAt.ShouldBe(new DateTimeOffset(2024, 2, 1, 15, 4, 0, TimeSpan.Zero));
        item.Labels.Select(l => l.Name).ShouldBe(["ui", "slow"]);
        item.Areas.ShouldBe(["Editor", "Core"]);
        item.Links.Select(l => (l.Kind, l.Target.Number)).ShouldBe([(LinkKind.BlockedBy, "XD-7"), (LinkKind.Blocks, "XD-8"), (LinkKind.DuplicateOf, "XD-9")]);
        item.History.Comments.ShouldHaveSingleItem().ShouldBe(new WorkItemComment(new("mary"), new(2024, 2, 1, 16, 0, 0, TimeSpan.Zero), "Seen; confirmed"));
    }

    [Fact]
    public async Task An_Azure_DevOps_export_is_read()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("boards.csv", """
            ID;Work Item Type;Title;State;Assigned To;Tags;Area Path;Iteration Path;Priority;Severity;Effort;Created Date;Changed Date;Closed Date;Parent;Description;Acceptance Criteria
            42;User Story;Export;Active;Mary Doe <mary@example.org>;ui; web;Shop\Cart;Shop\Sprint 3;2;2 - High;3,5;2/13/2024 3:04:05 PM;2/14/2024 9:00 AM;;40;<div>As a user</div>;<ul><li>works</li></ul>
            """.Replace("ui; web", "\"ui; web\""));

        var item = read.Only;
        read.Problems.ShouldBeEmpty();
        (item.Ref.ToString(), item.State, item.Assignees.Single().Login, item.StoryPoints).ShouldBe(("file:boards#42", WorkItemState.Started, "mary@example.org", 3.5));
        item.Labels.Select(l => l.Name).ShouldBe(["ui", "web"]);
        (item.Areas.Single(), item.Milestone, item.Severity).ShouldBe((@"Shop\Cart", @"Shop\Sprint 3", "2 - High"));
        item.CreatedAt.ShouldBe(new DateTimeOffset(2024, 2, 13, 15, 4, 5, TimeSpan.Zero));
        item.Linked(LinkKind.ChildOf).Single().Number.ShouldBe("40");
        item.Body.ShouldBe("<div>As a user</div>\n\n<h2>Acceptance criteria</h2>\n<ul><li>works</li></ul>");
    }

    [Fact]
    public async Task A_GitHub_export_is_read()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("gh.csv", """
            number,title,state,labels,assignees,author,created_at,comments,url
            3,T,CLOSED,"bug,help wanted","mary,joe",ann,2024-02-01T00:00:00Z,2,https://github.com/o/r/issues/3
            """);

        var item = read.Only;
        (item.Ref.Number, item.State, item.Reporter!.Login, item.History.CommentCount).ShouldBe(("3", WorkItemState.Closed, "ann", 2));
        item.Labels.Select(l => l.Name).ShouldBe(["bug", "help wanted"]);
        item.Assignees.Select(a => a.Login).ShouldBe(["mary", "joe"]);
    }

    [Theory]
    [InlineData("13/2/2024", "2/1/2024", 1, 2)]
    [InlineData("2/13/2024", "2/1/2024", 2, 1)]
    [InlineData("1.3.2024", "2.1.2024", 1, 2)]
    [InlineData("1/3/2024", "2/1/2024", 2, 1)]
    public async Task Day_or_month_first_is_decided_over_the_whole_file(string proof, string date, int month, int day)
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.csv", $"id,title,created,updated\n1,T,{date},\n2,T,,{proof}\n");

        read.Items[0].CreatedAt.ShouldBe(new DateTimeOffset(2024, month, day, 0, 0, 0, TimeSpan.Zero));
        read.Problems.Count.ShouldBe(proof.Contains("13") ? 0 : 1);
    }

    [Fact]
    public async Task Contradictory_dates_that_could_be_both_are_left_out()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.csv", "id,title,created\n1,T,2/1/2024\n2,T,13/2/2024\n3,T,2/14/2024\n");

        read.Items.Select(i => i.CreatedAt?.Day).ShouldBe([null, 13, 14]);
        read.Problems.Select(p => p.Place).ShouldBe(["header", "line 2"]);
    }

    [Fact]
    public async Task Encodings_are_found_by_looking()
    {
        using var file = new AFile();
        const string Text = "id\ttitle\n1\tGrüße\n";

        var utf16 = await AFile.ReadPathAsync(file.Write("a.csv", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)]));
        var marked = await AFile.ReadPathAsync(file.Write("b.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]));
        var latin = await AFile.ReadPathAsync(file.Write("c.csv.gz", AFile.Gzip(Encoding.Latin1.GetBytes(Text))));

        new[] { utf16, marked, latin }.Select(r => r.Only.Title).ShouldBe(["Grüße", "Grüße", "Grüße"]);
        utf16.Problems.ShouldBeEmpty();
        marked.Problems.ShouldBeEmpty();
        latin.OnlyProblem.ShouldContain("read as Windows-1252");
    }

    [Fact]
    public async Task A_row_with_too_many_cells_is_reported_and_the_rest_is_read()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.csv", "id,title,state\n1,Comma, in title,open\n2,Short\n3,T,open\n");

        read.Items.Select(i => i.Ref.Number).ShouldBe(["2", "3"]);
        read.OnlyProblem.ShouldStartWith("line 2: the row has 4 cells, the header 3");
    }

    [Theory]
    [InlineData("1,T,open\n2,\"broken\" quote,open\n3,T,open\n", "line 3: a quote is not closed or not doubled", 2)]
    [InlineData("1,T,open\n2,\"never closed,open\n3,T,open", "lines 3 to 4: a quote is not closed or not doubled", 1)]
    public async Task Broken_quoting_is_reported_with_its_lines(string rows, string message, int items)
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.csv", "id,title,state\n" + rows);

        read.Items.Count.ShouldBe(items);
        read.OnlyProblem.ShouldStartWith(message);
    }

    [Fact]
    public async Task A_row_without_title_is_reported_with_its_line_behind_multi_line_fields()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.csv", "id,title,body\n1,T,\"a\nb\nc\"\n2,,x\n");

        read.Items.Count.ShouldBe(1);
        read.OnlyProblem.ShouldStartWith("line 5: the record has no title");
    }
}
