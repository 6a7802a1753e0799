using System.Text.Json;

namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class DemoTests(DemoRun demo)
{
    [Fact]
    public void Demo_prints_what_it_found_and_writes_the_report()
    {
        demo.First.ShouldEndWith(0);
        demo.First.Output.ShouldContain("567 open items, 1,076 read");
        demo.First.Output.ShouldContain("may be duplicates");
        demo.First.Output.ShouldContain("backlog triage file:issues.csv --report report.html");
        demo.First.Output.ShouldNotContain("\u001b");
        File.ReadAllText(demo.Program.PathOf("report.html")).ShouldContain("</html>");
    }

    [Fact]
    public async Task Second_run_examines_nothing()
    {
        var second = await demo.Program.RunAsync("demo", "--once", "--report", "second.html");

        second.ShouldEndWith(0).Output.ShouldContain("nothing had changed since the last run");
    }

    [Fact]
    public async Task Items_lists_what_to_do_first()
    {
        var items = await demo.Program.RunAsync("items", "--top", "3", "--json");

        using var list = JsonDocument.Parse(items.ShouldEndWith(0).Output);
        list.RootElement.EnumerateArray().Select(i => i.GetProperty("rank").GetInt32()).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Decisions_are_listed_shown_and_explained()
    {
        var list = await demo.Program.RunAsync("decisions", "list", "--step", "duplicates", "--json");
        using var changes = JsonDocument.Parse(list.ShouldEndWith(0).Output);
        changes.RootElement.GetArrayLength().ShouldBeGreaterThan(0);

        (await demo.Program.RunAsync("decisions", "list")).ShouldEndWith(0).Output.ShouldContain("duplicates");
        (await demo.Program.RunAsync("decisions", "show", "1868899")).ShouldEndWith(0).Output.ShouldContain("1868898");
        (await demo.Program.RunAsync("decisions", "why", "1868899")).ShouldEndWith(0).Output.ShouldContain("clarity");
        var why = await demo.Program.RunAsync("decisions", "why", "1868899", "--json");
        using var reasons = JsonDocument.Parse(why.ShouldEndWith(0).Output);
        reasons.RootElement.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Unknown_item_is_answered_with_where_to_look() =>
        (await demo.Program.RunAsync("decisions", "why", "99")).ShouldEndWith(1).Errors.ShouldContain("'backlog items' lists them");
}
