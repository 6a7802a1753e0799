using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using static ServerlessBacklog.Adapters.Tests.Trackers.GitHub.AWrite;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class LabelAndFieldTests
{
    [Fact]
    public async Task A_label_is_added_and_no_other_is_touched()
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label("ui")));
        server.On("GET /repos/octo/lab/labels/Bug", AnIssue.Label("bug"))
            .On($"POST {Issue}/labels", _ => Answer.Of(new JsonArray(AnIssue.Label("ui"), AnIssue.Label("bug"))));

        (await ApplyAsync(server, new AddLabel(new Label("Bug")))).ShouldBeApplied();

        var write = server.Writes.ShouldHaveSingleItem();
        (write.Method, write.Path).ShouldBe(("POST", $"{Issue}/labels"));
        write.Body.ShouldContain("bug", Case.Sensitive, "the repository's own spelling");
        write.Body.ShouldNotContain("ui");
    }

    [Fact]
    public async Task A_label_that_the_repository_lacks_is_not_made_up()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/labels/bug", new { message = "Not Found" }, 404);

        (await ApplyAsync(server, new AddLabel(new Label("bug")))).WhyNot().ShouldBe("the repository has no label 'bug'");
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_label_that_is_there_is_not_written_again()
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label("bug")));

        (await ApplyAgainAsync(server, new AddLabel(new Label("Bug")))).ShouldBeApplied();
        server.Asked.ShouldBe([$"GET {Issue}"]);
    }

    [Fact]
    public async Task A_label_that_GitHub_drops_silently_is_not_applied()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/labels/bug", AnIssue.Label("bug")).On($"POST {Issue}/labels", _ => Answer.Of(new JsonArray()));

        (await ApplyAsync(server, new AddLabel(new Label("bug")))).WhyNot().ShouldContain("Issues: read and write");
    }

    [Theory]
    [InlineData("needs / info", "needs%20%2F%20info")]
    [InlineData("why?", "why%3F")]
    [InlineData("c#", "c%23")]
    [InlineData("100%", "100%25")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("👍", "%F0%9F%91%8D")]
    public async Task One_label_is_taken_off_by_its_name_whatever_signs_it_has(string name, string sent)
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label(name), AnIssue.Label("ui")));
        server.On($"DELETE {Issue}/labels/{name.Replace("/", "%2F", StringComparison.Ordinal)}", _ => Answer.Of(new JsonArray(AnIssue.Label("ui"))));

        (await ApplyAsync(server, new RemoveLabel(new Label(name)))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Target.ShouldBe($"{Issue}/labels/{sent}");
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task A_label_whose_name_would_leave_the_path_is_not_sent(string name)
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label(name)));

        (await ApplyAsync(server, new RemoveLabel(new Label(name)))).WhyNot().ShouldContain("cannot be named");
        server.Asked.ShouldBe([$"GET {Issue}"]);
    }

    [Fact]
    public async Task A_label_that_somebody_took_off_meanwhile_is_off()
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label("bug")));
        server.On($"DELETE {Issue}/labels/bug", new { message = "Label does not exist" }, 404);

        (await ApplyAsync(server, new RemoveLabel(new Label("bug")))).ShouldBeApplied();
    }

    [Fact]
    public async Task A_priority_is_the_label_of_that_name_and_takes_the_place_of_another()
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label("P3"), AnIssue.Label("ui")));
        server.On("GET /repos/octo/lab/labels/P1", AnIssue.Label("P1"))
            .On($"POST {Issue}/labels", _ => Answer.Of(new JsonArray(AnIssue.Label("P3"), AnIssue.Label("ui"), AnIssue.Label("P1"))))
            .On($"DELETE {Issue}/labels/P3", _ => Answer.Of(new JsonArray(AnIssue.Label("ui"), AnIssue.Label("P1"))));

        (await ApplyAsync(server, new SetField(WorkItemField.Priority, "P1"))).ShouldBeApplied();
        server.Writes.Select(w => w.Method).ShouldBe(["POST", "DELETE"]);
    }

    [Fact]
    public async Task A_field_without_a_label_of_that_name_is_not_applied()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/labels/5", new { message = "Not Found" }, 404);

        (await ApplyAsync(server, new SetField(WorkItemField.Estimate, "5"))).WhyNot().ShouldContain("no label '5'");
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_priority_is_taken_back_by_its_label()
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label("priority: high"), AnIssue.Label("high contrast")));
        server.On($"DELETE {Issue}/labels/priority: high", _ => Answer.Of(new JsonArray(AnIssue.Label("high contrast"))));

        (await ApplyAsync(server, new ClearField(WorkItemField.Priority))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_type_is_set_natively_and_nothing_else_of_the_issue()
    {
        await using var server = await StartAsync();
        server.On($"PATCH {Issue}", AnIssue.Rest(7, i => i["type"] = new JsonObject { ["name"] = "Bug" }));

        (await ApplyAsync(server, new SetField(WorkItemField.Type, "bug"))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldBe("""{"type":"bug"}""");
    }

    [Fact]
    public async Task A_type_is_cleared()
    {
        await using var server = await StartAsync(i => i["type"] = new JsonObject { ["name"] = "Bug" });
        server.On($"PATCH {Issue}", AnIssue.Rest(7));

        (await ApplyAsync(server, new ClearField(WorkItemField.Type))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldBe("""{"type":null}""");
    }

    [Theory]
    [InlineData(422, "has no issue type 'Saga'")]
    [InlineData(200, "dropped the type silently")]
    public async Task A_type_that_there_is_not_is_not_applied(int status, string words)
    {
        await using var server = await StartAsync();
        server.On($"PATCH {Issue}", AnIssue.Rest(7), status);

        (await ApplyAsync(server, new SetField(WorkItemField.Type, "Saga"))).WhyNot().ShouldContain(words);
    }

    [Fact]
    public async Task A_status_that_is_no_label_for_one_is_nothing_that_an_issue_has()
    {
        await using var server = await StartAsync();

        (await ApplyAsync(server, new SetField(WorkItemField.Status, "Doing"))).WhyNot().ShouldContain("no status");
        (await ApplyAsync(server, new MoveTo("Doing"))).WhyNot().ShouldContain("begins with 'status:'");
    }

    [Fact]
    public async Task A_person_is_assigned()
    {
        await using var server = await StartAsync();
        server.On($"POST {Issue}/assignees", AnIssue.Rest(7, i => i["assignees"] = new JsonArray(AnIssue.User("Ada"))), 201);

        (await ApplyAsync(server, new Assign(new Person("ada")))).ShouldBeApplied();
        server.Writes.ShouldHaveSingleItem().Body.ShouldContain("ada");
    }

    [Fact]
    public async Task An_assignment_that_GitHub_drops_silently_is_not_applied()
    {
        await using var server = await StartAsync();
        server.On($"POST {Issue}/assignees", AnIssue.Rest(7), 201);

        (await ApplyAsync(server, new Assign(new Person("stranger")))).WhyNot().ShouldContain("silently");
    }

    [Fact]
    public async Task More_than_ten_assignees_are_not_tried()
    {
        await using var server = await StartAsync(i => i["assignees"] = new JsonArray([.. Enumerable.Range(0, 10).Select(n => AnIssue.User($"u{n}"))]));

        (await ApplyAsync(server, new Assign(new Person("ada")))).WhyNot().ShouldContain("10 assignees");
        server.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_is_unassigned()
    {
        await using var server = await StartAsync(i => i["assignees"] = new JsonArray(AnIssue.User("ada")));
        server.On($"DELETE {Issue}/assignees", AnIssue.Rest(7));

        (await ApplyAsync(server, new Unassign(new Person("ada")))).ShouldBeApplied();
    }

    [Fact]
    public async Task An_item_that_was_changed_meanwhile_is_left_alone()
    {
        await using var server = await StartAsync(i => i["updated_at"] = "2024-03-02T10:00:05Z");

        var outcomes = await ApplyAsync(server, new AddLabel(new Label("bug")), new Assign(new Person("ada")));

        outcomes.Select(o => (o.State, o.Why)).ShouldBe([(ChangeState.NotApplied, "the item was changed meanwhile"), (ChangeState.NotApplied, "the item was changed meanwhile")]);
        server.Asked.ShouldBe([$"GET {Issue}"]);
    }

    [Fact]
    public async Task What_an_earlier_attempt_changed_does_not_stop_the_next()
    {
        await using var server = await StartAsync(i => (i["updated_at"], i["labels"]) = ("2024-03-02T10:00:05Z", new JsonArray(AnIssue.Label("bug"))));

        (await ApplyAgainAsync(server, new AddLabel(new Label("bug")))).ShouldBeApplied();
        server.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(403, "Resource not accessible by integration", "Issues: read and write")]
    [InlineData(403, "Must have admin rights to Repository.", "Issues: read and write")]
    [InlineData(403, "Repository was archived so is read-only.", "archived")]
    [InlineData(404, "Not Found", "gone, or the token may not write")]
    [InlineData(410, "Issues are disabled for this repo", "switched off")]
    [InlineData(422, "Validation Failed", "Validation Failed")]
    public async Task One_refusal_costs_that_change_only(int status, string message, string words)
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/labels/bug", AnIssue.Label("bug")).On($"POST {Issue}/labels", new { message }, status)
            .On($"POST {Issue}/assignees", AnIssue.Rest(7, i => i["assignees"] = new JsonArray(AnIssue.User("ada"))), 201);

        var outcomes = await ApplyAsync(server, new AddLabel(new Label("bug")), new Assign(new Person("ada")));

        outcomes.Select(o => o.State).ShouldBe([ChangeState.NotApplied, ChangeState.Applied]);
        outcomes[0].Why!.ShouldContain(words);
        outcomes[0].Key.ShouldBe("d1:label:bug");
    }

    [Fact]
    public async Task A_limit_stops_the_rest_and_says_until_when()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/labels/bug", AnIssue.Label("bug"))
            .On($"POST {Issue}/labels", _ => new Answer(403, new { message = "You have exceeded a secondary rate limit." }) { Headers = new() { ["Retry-After"] = "60" } });

        (await Should.ThrowAsync<BudgetExhaustedException>(() => ApplyAsync(server, new AddLabel(new Label("bug")))))
            .Until.ShouldBeInRange(DateTimeOffset.UtcNow.AddSeconds(30), DateTimeOffset.UtcNow.AddSeconds(90));
    }

    [Fact]
    public async Task A_fault_of_GitHub_rises_so_that_the_change_is_tried_again()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/lab/labels/bug", AnIssue.Label("bug")).On($"POST {Issue}/labels", new { message = "oops" }, 502);

        await Should.ThrowAsync<HttpRequestException>(() => ApplyAsync(server, new AddLabel(new Label("bug"))));
    }

    [Fact]
    public async Task An_item_that_is_gone_takes_nothing()
    {
        await using var server = await StartAsync();
        server.On($"GET {Issue}", new { message = "This issue was deleted" }, 410);

        (await ApplyAsync(server, new AddLabel(new Label("bug")))).WhyNot().ShouldContain("gone");
    }

    [Fact]
    public async Task Without_credentials_nothing_is_sent()
    {
        await using var server = await StartAsync();

        (await AWrite.ApplyAsync(server.Anonymous(), Looked(), new AddLabel(new Label("bug")))).WhyNot().ShouldContain("no token");
        server.Calls.ShouldBeEmpty();
    }

    public static TheoryData<string> Writes => ["label", "unlabel", "assign", "type", "comment", "link", "close"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task The_kill_switch_stops_every_kind_of_change_before_it_is_sent(string kind)
    {
        await using var server = await StartAsync(i => i["labels"] = new JsonArray(AnIssue.Label("ui")));
        server.On("GET /repos/octo/lab/labels/bug", AnIssue.Label("bug")).On($"GET {Issue}/comments", "[]").On("GET /repos/octo/lab/issues/3", AnIssue.Rest(3));
        Change change = kind switch
        {
            "label" => new AddLabel(new Label("bug")),
            "unlabel" => new RemoveLabel(new Label("ui")),
            "assign" => new Assign(new Person("ada")),
            "type" => new SetField(WorkItemField.Type, "Bug"),
            "comment" => new AddComment("x"),
            "link" => new AddLink(LinkKind.BlockedBy, WorkItemRef.Parse("github:octo/lab#3")),
            _ => new Close(CloseReason.Completed),
        };

        await Should.ThrowAsync<WritesStoppedException>(() => AWrite.ApplyAsync(server.Stopped(), Looked(), change));
        server.Writes.ShouldBeEmpty();
    }
}
