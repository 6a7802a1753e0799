using System.Text;
using ServerlessBacklog.Adapters.Trackers.Files;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class BadJsonTests
{
    [Theory]
    [InlineData("{\"id\":\"1\",\"title\":}", "not valid JSON near byte 19")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"id\":\"1\"}", "no title")]
    [InlineData("{\"id\":\"1\",\"title\":\" \\n \"}", "no title")]
    [InlineData("{\"id\":\"1\",\"title\":12}", "title is a number; write a text")]
    [InlineData("{\"title\":\"T\"}", "no usable id")]
    [InlineData("{\"id\":\"a\\u0000b\",\"title\":\"T\"}", "no usable id")]
    [InlineData("{\"id\":\"1\",\"title\":\"\\ud83d\"}", "broken characters")]
    public async Task A_bad_record_is_reported_with_its_line_and_the_rest_is_read(string line, string message)
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", $"{{\"id\":\"8\",\"title\":\"T\"}}\n{line}\n\n{{\"id\":\"9\",\"title\":\"T\"}}\n");

        read.Items.Select(i => i.Ref.Number).ShouldBe(["8", "9"]);
        read.OnlyProblem.ShouldStartWith("line 2: ");
        read.OnlyProblem.ShouldContain(message);
    }

    [Theory]
    [InlineData("\"closed_at\":\"0001-01-01T00:00:00Z\"", "closed_at lies in the year 0001")]
    [InlineData("\"due_date\":\"9999-12-31\"", "due_date lies in the year 9999")]
    [InlineData("\"created_at\":\"yesterday\"", "created_at 'yesterday' is not a date")]
    [InlineData("\"labels\":[true]", "labels is true or false")]
    [InlineData("\"story_points\":-1", "story_points -1 is not between")]
    [InlineData("\"story_points\":\"many\"", "story_points is a text; write a number")]
    [InlineData("\"links\":[{\"type\":\"blocks\"}]", "a link has no target")]
    [InlineData("\"comments\":[{\"author\":\"mary\"}]", "a comment has no readable time")]
    [InlineData("\"events\":3", "events is a number")]
    [InlineData("\"url\":\"javascript:alert(1)\"", "url is not an address")]
    public async Task A_bad_field_is_left_out_and_the_item_kept(string member, string message)
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", $"{{\"id\":\"1\",\"title\":\"T\",{member}}}");

        read.OnlyProblem.ShouldContain(message);
        var item = read.Only;
        (item.ClosedAt, item.DueAt, item.CreatedAt, item.StoryPoints, item.Url).ShouldBe((null, null, null, null, null));
        (item.Labels.Count, item.Links.Count, item.History.Comments.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task A_last_line_that_is_cut_off_is_told_from_bad_JSON()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", "{\"id\":\"1\",\"title\":\"T\"}\n{\"id\":\"2\",\"ti");

        read.Items.Count.ShouldBe(1);
        read.OnlyProblem.ShouldBe("line 2: the last line is cut off; the export did not finish. Export again. It is skipped.");
    }

    [Fact]
    public async Task A_repeated_id_keeps_the_first_record()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", "{\"id\":\"1\",\"title\":\"First\"}\n{\"id\":1,\"title\":\"Second\"}\n{\"id\":1,\"project\":\"b\",\"title\":\"Third\"}");

        read.Items.Select(i => i.Title).ShouldBe(["First", "Third"]);
        read.OnlyProblem.ShouldContain("line 2: id '1' is in the file already");
    }

    [Fact]
    public async Task Control_characters_are_taken_out_and_markup_is_kept()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", """{"id":"1","title":"\u001b[31m<img src=x>\r\nred\u0000","body":"a\tb\u0007\nc"}""");

        read.Only.Title.ShouldBe("[31m<img src=x> red");
        read.Only.Body.ShouldBe("a\tb\nc");
    }

    [Fact]
    public async Task A_body_of_200_KB_is_kept_whole()
    {
        using var file = new AFile();
        var body = string.Concat(Enumerable.Repeat("Zeile ü ", 25_600));

        var read = await file.ReadAsync("a.jsonl", $"{{\"id\":\"1\",\"title\":\"T\",\"body\":\"{body}\"}}");

        read.Only.Body.ShouldBe(body);
    }

    [Fact]
    public async Task A_line_longer_than_the_limit_is_passed_over()
    {
        using var file = new AFile();
        var path = file.Write("a.jsonl", $"{{\"id\":\"1\",\"title\":\"T\"}}\n{{\"id\":\"2\",\"title\":\"{new string('x', 3 << 20)}\"}}\n{{\"id\":\"3\",\"title\":\"T\"}}");

        var read = await AFile.ReadPathAsync(path, limits: new FileLimits { MaxRecordBytes = 1 << 20 });

        read.Items.Select(i => i.Ref.Number).ShouldBe(["1", "3"]);
        read.OnlyProblem.ShouldStartWith("line 2: the line is longer than 1 MiB");
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_is_a_problem_of_its_line()
    {
        using var file = new AFile();
        var path = file.Write("a.jsonl", Encoding.Latin1.GetBytes("{\"id\":\"1\",\"title\":\"Gr\u00fc\u00dfe\"}\n{\"id\":\"2\",\"title\":\"T\"}"));

        var read = await AFile.ReadPathAsync(path);

        read.Only.Ref.Number.ShouldBe("2");
        read.OnlyProblem.ShouldContain("line 1: title is text with broken characters (is the file UTF-8?)");
    }

    [Fact]
    public async Task A_member_whose_name_is_no_text_is_passed_over()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", """{"\ud83d":1,"id":"1","title":"T","reactions":{"\ud83d":1,"+1":2},"links":[{"\ud83d":1,"target":"2"}]}""");

        read.Problems.ShouldBeEmpty();
        (read.Only.History.Reactions.ThumbsUp, read.Only.Links.Count).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_set_without_titles_says_so_at_the_end()
    {
        using var file = new AFile();

        var refusal = await file.RefusalAsync("a.jsonl", "{\"id\":\"1\"}\n{\"id\":\"2\"}");

        refusal.ShouldContain("No record of");
        refusal.ShouldContain("has a title");
    }
}
