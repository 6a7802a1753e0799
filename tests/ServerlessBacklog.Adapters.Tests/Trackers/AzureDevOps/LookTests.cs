using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class LookTests
{
    private const string Path = "/contoso/Web Shop/_apis/wit/workitems/12";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly WorkItemRef Item = new("azuredevops", "contoso/Web Shop", "12");

    [Fact]
    public async Task Every_field_comes_over_in_its_own_words()
    {
        var item = await LookAsync(AnItem.Json(12, 7, fields:
        [
            ("System.Title", " Crash\ton save "),
            ("System.Description", "<div>It falls over.</div>"),
            ("Microsoft.VSTS.TCM.ReproSteps", "<ol><li>Save</li></ol>"),
            ("Microsoft.VSTS.Common.AcceptanceCriteria", "- it does not"),
            ("System.State", "Resolved"),
            ("Microsoft.VSTS.Common.Priority", 2),
            ("Microsoft.VSTS.Common.Severity", "3 - Medium"),
            ("System.AreaPath", @"Web Shop\Checkout"),
            ("System.IterationPath", @"Web Shop\Sprint 4"),
            ("System.Tags", "ui; needs info; UI"),
            ("System.AssignedTo", AnItem.Person("grace@contoso.com", "Grace")),
            ("Microsoft.VSTS.Common.ActivatedDate", "2026-04-02T08:00:00Z"),
            ("Microsoft.VSTS.Common.ClosedDate", "2026-04-03T08:00:00Z"),
            ("Microsoft.VSTS.Scheduling.DueDate", "2026-06-30T00:00:00Z"),
            ("Microsoft.VSTS.Scheduling.Effort", 8.0),
        ]));

        item.Ref.ShouldBe(Item);
        item.Title.ShouldBe("Crash on save");
        item.Body.ShouldBe("<div>It falls over.</div>\n\n<h2>Repro steps</h2>\n<ol><li>Save</li></ol>\n\n## Acceptance criteria\n- it does not");
        (item.State, item.TrackerState, item.Resolution, item.ClosedAt).ShouldBe((WorkItemState.Started, "Resolved", null, null));
        (item.Type, item.Priority, item.Severity, item.StoryPoints).ShouldBe(("Bug", "2", "3 - Medium", 8));
        item.Areas.ShouldBe([@"Web Shop\Checkout"]);
        item.Milestone.ShouldBe(@"Web Shop\Sprint 4");
        item.Labels.Select(l => l.Name).ShouldBe(["ui", "needs info"]);
        item.Assignees.ShouldBe([new Person("grace@contoso.com")]);
        item.Reporter.ShouldBe(new Person("ada@contoso.com"));
        item.StartedAt.ShouldBe(new DateTimeOffset(2026, 4, 2, 8, 0, 0, TimeSpan.Zero));
        item.DueAt.ShouldBe(new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.Zero));
        item.UpdatedAt.ShouldBe(AnItem.Changed);
        item.Revision.ShouldBe("7");
    }

    [Theory]
    [InlineData("New", WorkItemState.Open)]
    [InlineData("Active", WorkItemState.Started)]
    [InlineData("Removed", WorkItemState.Closed)]
    [InlineData("Done", WorkItemState.Closed)]
    [InlineData("Whatever", WorkItemState.Open)]
    public async Task The_process_says_what_a_state_means_and_its_word_where_it_does_not(string word, WorkItemState meaning) =>
        (await LookAsync(AnItem.Json(12, fields: ("System.State", word)))).State.ShouldBe(meaning);

    [Fact]
    public async Task A_closed_item_has_its_reason_and_its_day()
    {
        var item = await LookAsync(AnItem.Json(12, fields:
            [("System.State", "Closed"), ("System.Reason", "Duplicate"), ("Microsoft.VSTS.Common.StateChangeDate", "2026-04-03T08:00:00Z")]));

        item.Resolution.ShouldBe("Duplicate");
        item.ClosedAt.ShouldBe(new DateTimeOffset(2026, 4, 3, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_root_area_and_iteration_say_nothing()
    {
        var item = await LookAsync(AnItem.Json(12));

        item.Areas.ShouldBeEmpty();
        item.Milestone.ShouldBeNull();
    }

    [Fact]
    public async Task Links_say_what_the_name_of_their_end_says()
    {
        const string other = "11111111-2222-3333-4444-555555555555";
        await using var azure = await ScriptedAzure.StartAsync();
        azure
            .On("GET", "/contoso/_apis/projects/" + other, _ => Reply.Json(new { name = "Other Shop" }))
            .On("GET", Path, _ => Reply.Json(AnItem.Json(12, relations:
            [
                AnItem.Relation("System.LinkTypes.Duplicate-Reverse", 1),
                AnItem.Relation("System.LinkTypes.Dependency-Reverse", 2),
                AnItem.Relation("System.LinkTypes.Hierarchy-Reverse", 3, other),
                new { rel = "AttachedFile", url = "https://dev.azure.com/contoso/_apis/wit/attachments/1" },
                new { rel = "Hyperlink", url = "https://example.com/_apis/wit/workItems/4" },
            ])));
        using var tracker = azure.Tracker();

        var look = await tracker.LookAsync(Item, None);

        look.Item!.Links.ShouldBe(
        [
            new WorkItemLink(LinkKind.DuplicateOf, Item1("Web Shop", "1")),
            new WorkItemLink(LinkKind.BlockedBy, Item1("Web Shop", "2")),
            new WorkItemLink(LinkKind.ChildOf, Item1("Other Shop", "3")),
        ]);

        static WorkItemRef Item1(string project, string number) => new("azuredevops", $"contoso/{project}", number);
    }

    [Theory]
    [InlineData("ada@contoso.com", "Ada", "aad.x", "ada@contoso.com", false)]
    [InlineData(@"CONTOSO\ada", "Ada", "win.x", @"CONTOSO\ada", false)]
    [InlineData(@"Build\0a1b2c3d", "Web Shop Build Service (contoso)", "svc.x", @"Build\0a1b2c3d", true)]
    [InlineData("0fd5cbf1-aa1c-4a90-ae6d-1f4e5c7c1f11", "triage bot", "aadsp.x", "0fd5cbf1-aa1c-4a90-ae6d-1f4e5c7c1f11", true)]
    [InlineData("", "Project Collection Build Service (contoso)", "", "Project Collection Build Service (contoso)", true)]
    public async Task Accounts_of_services_are_bots(string login, string name, string descriptor, string expected, bool isBot)
    {
        var item = await LookAsync(AnItem.Json(12, fields: ("System.CreatedBy", AnItem.Person(login, name, descriptor))));

        (item.Reporter!.Login, item.Reporter.IsBot).ShouldBe((expected, isBot));
    }

    [Theory]
    [InlineData("Ada Lovelace <ada@contoso.com>", "ada@contoso.com")]
    [InlineData("欧俊 <LUJING\\oujun>", "LUJING\\oujun")]
    [InlineData("Jamal Hartnett", "Jamal Hartnett")]
    [InlineData("<ada@contoso.com>", "ada@contoso.com")]
    [InlineData("Odd < name", "Odd < name")]
    public async Task People_are_read_from_text_too(string text, string login) =>
        (await LookAsync(AnItem.Json(12, fields: ("System.CreatedBy", text)))).Reporter!.Login.ShouldBe(login);

    [Fact]
    public async Task Comments_come_by_pages_and_ours_is_a_bots()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure
            .On("GET", Path, _ => Reply.Json(AnItem.Json(12)))
            .On("GET", "/contoso/Web Shop/_apis/wit/workItems/12/comments", asked => asked.Query.ContainsKey("continuationToken")
                ? Reply.Json(new { comments = new[] { Comment("Advice.\n\nref sb-" + RefOf(Item) + "/00000000", "bot@contoso.com"), Comment("gone", isDeleted: true) } })
                : Reply.Json(new { continuationToken = "a/b", comments = new[] { Comment("<div>Me too</div>"), Comment("> ref sb-" + RefOf(Item) + "/00000000\n\nWhat is that?") } }));
        using var tracker = azure.Tracker();

        var history = (await tracker.LookAsync(Item, None)).Item!.History;

        history.IsKnown.ShouldBeTrue();
        history.Comments.Select(c => c.Author.IsBot).ShouldBe([false, false, true]);
        history.Comments[0].Body.ShouldBe("<div>Me too</div>");
    }

    [Fact]
    public async Task Updates_become_events()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure
            .On("GET", Path, _ => Reply.Json(AnItem.Json(12)))
            .On("GET", "/contoso/Web Shop/_apis/wit/workItems/12/updates", _ => Reply.List(
            [
                Update(1, ("System.State", null, "New"), ("System.Tags", null, "born")),
                Update(2, ("System.State", "New", "Active"), ("System.AssignedTo", "Ada <ada@contoso.com>", AnItem.Person("grace@contoso.com", "Grace"))),
                Update(3, ("System.Tags", "ui; old", "ui; new"), ("System.IterationPath", "Web Shop", @"Web Shop\Sprint 1")),
                Update(4, ("System.State", "Active", "Closed")),
                Update(5, ("System.State", "Closed", "Active")),
            ]));
        using var tracker = azure.Tracker();

        var events = (await tracker.LookAsync(Item, None)).Item!.History.Events;

        events.Select(e => $"{e.Kind} {e.Value}").ShouldBe(
        [
            "started Active", "unassigned ada@contoso.com", "assigned grace@contoso.com", "labeled new", "unlabeled old", @"milestoned Web Shop\Sprint 1",
            "closed Closed", "reopened Active",
        ]);
        events.ShouldAllBe(e => e.At == AnItem.Changed && e.Actor!.Login == "ada@contoso.com");
    }

    [Fact]
    public async Task What_our_own_account_did_is_no_human_activity()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure
            .On("GET", Path, _ => Reply.Json(AnItem.Json(12)))
            .On("GET", Path + "/comments", _ => Reply.Json(new { comments = new[] { Comment("Done.") } }))
            .On("GET", Path + "/updates", _ => Reply.List([Update(2, ("System.State", "New", "Active"))]));
        using var people = azure.Tracker();
        using var ours = azure.Tracker(o => o with { OwnIdentity = "id-of-ada@contoso.com" });

        (await people.LookAsync(Item, None)).Item!.History.LastHumanActivity().ShouldBe(AnItem.Changed);
        (await ours.LookAsync(Item, None)).Item!.History.LastHumanActivity().ShouldBeNull();
    }

    [Fact]
    public async Task An_item_that_is_not_there_in_a_project_that_is_has_gone()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure.On("GET", Path, _ => Reply.Error(404, "TF401232: Work item 12 does not exist, or you do not have permissions to read it."));
        using var tracker = azure.Tracker();

        (await tracker.LookAsync(Item, None)).State.ShouldBe(LookState.Gone);
    }

    [Fact]
    public async Task An_item_of_a_project_that_is_hidden_is_not_readable()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure
            .On("GET", Path, _ => Reply.Error(404, "TF401232: Work item 12 does not exist, or you do not have permissions to read it."))
            .On("GET", "/contoso/_apis/projects/.*", _ => Reply.Error(404, "TF200016: The following project does not exist: Web Shop."));
        using var tracker = azure.Tracker();

        (await tracker.LookAsync(Item, None)).State.ShouldBe(LookState.NotReadable);
    }

    private static async Task<WorkItem> LookAsync(object json)
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure.On("GET", Path, _ => Reply.Json(json));
        using var tracker = azure.Tracker();
        var look = await tracker.LookAsync(Item, None);
        look.State.ShouldBe(LookState.Found);
        return look.Item!;
    }

    private static string RefOf(WorkItemRef item) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(item.ToString())).AsSpan(0, 4));

    private static object Comment(string text, string by = "ada@contoso.com", bool isDeleted = false) =>
        new { id = 1, text, isDeleted, createdBy = AnItem.Person(by, by), createdDate = "2026-04-20T10:00:00Z" };

    private static object Update(int rev, params (string Field, object? Before, object? After)[] changes)
    {
        var fields = changes.ToDictionary(c => c.Field, c => (object)new Dictionary<string, object?> { ["oldValue"] = c.Before, ["newValue"] = c.After });
        fields["System.ChangedDate"] = new { newValue = AnItem.Changed };
        return new { id = rev, workItemId = 12, rev, revisedBy = AnItem.Person("ada@contoso.com", "Ada"), revisedDate = "9999-01-01T00:00:00Z", fields };
    }
}
