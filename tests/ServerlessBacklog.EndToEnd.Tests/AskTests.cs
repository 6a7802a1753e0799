using System.Text.Json;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary><c>backlog ask</c> over the sample backlog, as a user calls it.</summary>
public sealed class AskTests(DemoRun demo)
{
    [Fact]
    public async Task A_question_is_answered_with_items_and_what_was_looked_up()
    {
        var ended = await demo.Program.RunAsync("ask", "top 3 items");

        ended.ShouldEndWith(0).Output.ShouldContain("Looked up: open items, highest priority score first, the first 3");
        ended.Output.ShouldContain("1717379");
    }

    [Fact]
    public async Task An_answer_is_JSON_when_asked_for()
    {
        var ended = await demo.Program.RunAsync("ask", "--json", "how many items are open?");

        using var json = JsonDocument.Parse(ended.ShouldEndWith(0).Output);
        var answer = json.RootElement.GetProperty("answer");
        answer.GetProperty("act").GetString().ShouldBe("count");
        answer.GetProperty("total").GetInt32().ShouldBe(567);
    }

    [Theory]
    [InlineData("the colour of the sea", "I don't know.")]
    [InlineData("close everything", "one item at a time")]
    public async Task What_is_not_answered_ends_with_1_and_says_why(string question, string why) =>
        (await demo.Program.RunAsync("ask", question)).ShouldEndWith(1).Output.ShouldContain(why);

    [Fact]
    public async Task A_call_without_words_is_wrong() => (await demo.Program.RunAsync("ask")).ShouldEndWith(2).Errors.ShouldContain("--yes TOKEN");

    /// <summary>Two processes: what seals a plan lies in the store.</summary>
    [Fact]
    public async Task A_plan_of_one_call_is_confirmed_by_the_next_and_by_no_third()
    {
        using var program = new Backlog();
        program.Write("a.jsonl", """{"id": 7, "title": "Crash on save", "body": "It crashes.", "created_at": "2026-01-01T00:00:00Z"}""");
        (await program.RunAsync("triage", "file:a.jsonl", "--quiet")).ShouldEndWith(0);

        var planned = await program.RunAsync("ask", "--json", "keep 7 open because we need it");
        using var json = JsonDocument.Parse(planned.ShouldEndWith(0).Output);
        var token = json.RootElement.GetProperty("answer").GetProperty("plan").GetProperty("token").GetString()!;
        var done = await program.RunAsync("ask", "--yes", token);
        var again = await program.RunAsync("ask", "--yes", token);

        done.ShouldEndWith(0).Output.ShouldContain("Kept open");
        again.ShouldEndWith(1).Output.ShouldContain("confirmed already");
    }
}
