using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class ApplyTests
{
    private const string Path = "/contoso/Web Shop/_apis/wit/workitems/12";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fields_tags_and_links_go_in_one_patch_that_holds_for_one_revision()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, fields: [("System.Tags", "ui; Needs Info")]));

        var outcomes = await ApplyAsync(
            azure,
            new AddLabel(new Label("crash")),
            new SetField(WorkItemField.Priority, "2"),
            new SetField(WorkItemField.Severity, "high"),
            new SetField(WorkItemField.Area, "Checkout"),
            new Assign(new Person("grace@contoso.com")),
            new AddLink(LinkKind.DuplicateOf, Item(3)));

        outcomes.ShouldAllBe(o => o.State == ChangeState.Applied && o.Why == null);
        var write = azure.Writes.ShouldHaveSingleItem();
        write.ContentType.ShouldBe("application/json-patch+json");
        write.Query["suppressNotifications"].ShouldBe("true");
        write.Query.ShouldNotContainKey("bypassRules");
        write.Patch.ShouldBe(
        [
            "test /rev 7",
            "add /fields/System.Tags \"ui; Needs Info; crash\"",
            "add /fields/Microsoft.VSTS.Common.Priority 2",
            "add /fields/Microsoft.VSTS.Common.Severity \"2 - High\"",
            "add /fields/System.AreaPath \"Web Shop\\\\Checkout\"",
            "add /fields/System.AssignedTo \"grace@contoso.com\"",
            $"add /relations/- {{\"rel\":\"System.LinkTypes.Duplicate-Reverse\",\"url\":\"{azure.Address}contoso/_apis/wit/workItems/3\"}}",
        ]);
    }

    [Fact]
    public async Task A_link_takes_the_end_that_is_named_duplicate_of_whatever_its_reference_name()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("GET", "/contoso/_apis/wit/workitemrelationtypes", _ =>
            Reply.Json(AnItem.RelationTypes(("System.LinkTypes.Duplicate-Reverse", "System.LinkTypes.Duplicate-Forward"))));

        await ApplyAsync(azure, new AddLink(LinkKind.DuplicateOf, Item(3)));

        azure.Writes.Single().Patch[1].ShouldStartWith("add /relations/- {\"rel\":\"System.LinkTypes.Duplicate-Forward\"");
    }

    [Fact]
    public async Task A_link_that_no_end_says_is_refused()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("GET", "/contoso/_apis/wit/workitemrelationtypes", _ => Reply.List([]));

        var outcome = (await ApplyAsync(azure, new AddLink(LinkKind.DuplicateOf, Item(3)))).Single();

        outcome.State.ShouldBe(ChangeState.NotApplied);
        outcome.Why!.ShouldContain("no kind of link");
        azure.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_is_taken_off_by_replacing_and_the_others_stay()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, fields: ("System.Tags", "ui; Crash; later")));

        await ApplyAsync(azure, new RemoveLabel(new Label("crash")), new AddLabel(new Label("new")));

        azure.Writes.Single().Patch[1..].ShouldBe(["replace /fields/System.Tags \"ui; later; new\""]);
    }

    [Fact]
    public async Task Links_are_taken_away_from_the_end_of_the_list()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, relations:
        [
            AnItem.Relation("System.LinkTypes.Duplicate-Reverse", 3),
            AnItem.Relation("System.LinkTypes.Related", 9),
            AnItem.Relation("System.LinkTypes.Dependency-Reverse", 4),
        ]));

        await ApplyAsync(azure, new RemoveLink(LinkKind.DuplicateOf, Item(3)), new RemoveLink(LinkKind.BlockedBy, Item(4)));

        azure.Writes.Single().Patch[1..].ShouldBe(["remove /relations/2", "remove /relations/0"]);
    }

    [Theory]
    [InlineData(CloseReason.Completed, "Bug", "Closed")]
    [InlineData(CloseReason.NotPlanned, "Bug", "Removed")]
    [InlineData(CloseReason.NotPlanned, "Issue", "Done")]
    public async Task Closing_takes_the_state_that_counts_as_closed_for_the_type(CloseReason reason, string type, string state)
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, fields: ("System.WorkItemType", type)));
        azure.On("GET", "/contoso/Web Shop/_apis/wit/workitemtypes/Issue/states", _ => Reply.List(
            [new { name = "To Do", category = "Proposed" }, new { name = "Shelved", category = "Completed" }, new { name = "Done", category = "Completed" }]));

        await ApplyAsync(azure, new Close(reason));

        azure.Writes.Single().Patch[1..].ShouldBe([$"add /fields/System.State \"{state}\""]);
    }

    [Fact]
    public async Task Closing_as_a_duplicate_links_the_canonical_item_in_the_same_patch()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));

        await ApplyAsync(azure, new Close(CloseReason.Duplicate, Item(3)));

        azure.Writes.Single().Patch[1].ShouldStartWith("add /relations/- {\"rel\":\"System.LinkTypes.Duplicate-Reverse\"");
        azure.Writes.Single().Patch[2].ShouldBe("add /fields/System.State \"Removed\"");
    }

    [Theory]
    [InlineData("Active", "Active")]
    [InlineData("Gone from the process", "New")]
    [InlineData(null, "New")]
    public async Task Reopening_goes_back_to_the_state_before(string? before, string state)
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, fields: ("System.State", "Closed")));

        await ApplyAsync(azure, new Reopen(before));

        azure.Writes.Single().Patch[1..].ShouldBe([$"add /fields/System.State \"{state}\""]);
    }

    [Fact]
    public async Task Fields_are_emptied_as_far_as_they_can_be()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, fields:
        [
            ("Microsoft.VSTS.Common.Priority", 2), ("System.AreaPath", @"Web Shop\Checkout"), ("Microsoft.VSTS.Scheduling.StoryPoints", 5.0),
            ("System.AssignedTo", AnItem.Person("grace@contoso.com", "Grace")),
        ]));

        var outcomes = await ApplyAsync(
            azure,
            new ClearField(WorkItemField.Priority), new ClearField(WorkItemField.Area), new ClearField(WorkItemField.Estimate),
            new ClearField(WorkItemField.Type), new Unassign(new Person("Grace@contoso.com")));

        outcomes.Select(o => o.State).ShouldBe([ChangeState.Applied, ChangeState.Applied, ChangeState.Applied, ChangeState.NotApplied, ChangeState.Applied]);
        azure.Writes.Single().Patch[1..].ShouldBe(
        [
            "remove /fields/Microsoft.VSTS.Common.Priority", "remove /fields/Microsoft.VSTS.Scheduling.StoryPoints",
            "add /fields/System.AreaPath \"Web Shop\"", "add /fields/System.AssignedTo \"\"",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task An_estimate_goes_where_the_type_keeps_it()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("GET", "/contoso/Web Shop/_apis/wit/workitemtypes/Bug/fields", _ => Reply.List([new { referenceName = "Microsoft.VSTS.Scheduling.Effort" }]));

        await ApplyAsync(azure, new SetField(WorkItemField.Estimate, "5"));

        azure.Writes.Single().Patch[1..].ShouldBe(["add /fields/Microsoft.VSTS.Scheduling.Effort 5"]);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_the_rest_is_made()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, fields: ("System.AssignedTo", AnItem.Person("ada@contoso.com", "Ada"))));

        var outcomes = await ApplyAsync(
            azure,
            new AddLabel(new Label("a;b")), new Assign(new Person("grace@contoso.com")), new SetField(WorkItemField.Priority, "soon"),
            new SetField(WorkItemField.Estimate, "many"), new AddLink(LinkKind.ClosedBy, Item(4)), new AddLink(LinkKind.RelatedTo, An("github", "o/r", "4")),
            new AddLink(LinkKind.RelatedTo, An("azuredevops", "fabrikam/Web Shop", "4")), new AddLabel(new Label("fine")));

        outcomes.Select(o => o.State).ShouldBe([.. Enumerable.Repeat(ChangeState.NotApplied, 7), ChangeState.Applied]);
        outcomes.Take(7).ShouldAllBe(o => !string.IsNullOrEmpty(o.Why));
        azure.Writes.Single().Patch[1..].ShouldBe(["add /fields/System.Tags \"fine\""]);

        static WorkItemRef An(string tracker, string project, string number) => new(tracker, project, number);
    }

    [Fact]
    public async Task What_is_there_already_needs_no_write()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7, relations: [AnItem.Relation("System.LinkTypes.Duplicate-Reverse", 3)], fields:
            [("System.Tags", "UI"), ("Microsoft.VSTS.Common.Priority", 2), ("System.AssignedTo", AnItem.Person("grace@contoso.com", "Grace"))]));

        var outcomes = await ApplyAsync(
            azure,
            new AddLabel(new Label("ui")), new SetField(WorkItemField.Priority, "P2"), new Assign(new Person("grace@contoso.com")),
            new AddLink(LinkKind.DuplicateOf, Item(3)), new RemoveLabel(new Label("gone")), new Reopen("New"));

        outcomes.ShouldAllBe(o => o.State == ChangeState.Applied);
        azure.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_revision_that_no_longer_holds_leaves_all_as_it_is()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 8, fields: ("System.Tags", "ui")));

        var outcomes = await ApplyAsync(azure, new AddLabel(new Label("ui")), new SetField(WorkItemField.Priority, "1"), new AddComment("Hello"));

        outcomes.ShouldAllBe(o => o.State == ChangeState.NotApplied && o.Why == "the item was changed meanwhile");
        azure.Writes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(412, "VS403351: Test Operation for path /rev failed, value 8 was not equal to test value 7.")]
    [InlineData(409, "TF26071: This work item has been changed by someone else since you opened it.")]
    public async Task A_race_for_the_revision_is_lost_politely(int status, string message)
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("PATCH", Path, _ => Reply.Error(status, message));

        var outcomes = await ApplyAsync(azure, new AddLabel(new Label("ui")), new AddComment("Hello"));

        outcomes.ShouldAllBe(o => o.State == ChangeState.NotApplied && o.Why == "the item was changed meanwhile");
        azure.Writes.Count().ShouldBe(1);
    }

    [Fact]
    public async Task After_a_crash_what_is_there_counts_as_made_and_is_not_made_twice()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 8, fields: ("System.Tags", "ui")));
        using var tracker = azure.Tracker();

        var outcomes = await tracker.ApplyAsync(
            Stored(7),
            [new Effect("d:1", new AddLabel(new Label("ui")), true), new Effect("d:2", new SetField(WorkItemField.Priority, "1"), true)],
            None);

        outcomes.Select(o => o.State).ShouldBe([ChangeState.Applied, ChangeState.NotApplied]);
        azure.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rule_of_the_process_is_never_bypassed_and_its_words_are_passed_on()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("PATCH", Path, _ => Reply.Error(400, "TF401320: Rule Error for field Severity.\r\nError code: Required, InvalidEmpty."));

        var outcomes = await ApplyAsync(azure, new AddLabel(new Label("ui")), new AddComment("Hello"));

        outcomes.ShouldAllBe(o => o.State == ChangeState.NotApplied
            && o.Why == "Azure DevOps refused it: TF401320: Rule Error for field Severity. Error code: Required, InvalidEmpty.");
    }

    [Fact]
    public async Task An_account_that_may_not_keep_updates_quiet_makes_them_aloud_from_then_on()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("PATCH", Path, asked => asked.Query.ContainsKey("suppressNotifications") ? Reply.Error(403, "TF237124: no right") : Reply.Json(AnItem.Json(12, 8)));
        using var tracker = azure.Tracker();

        for (var attempt = 1; attempt <= 2; attempt++)
            (await tracker.ApplyAsync(Stored(7), [new Effect("d:1", new AddLabel(new Label("ui")), false)], None)).Single().State.ShouldBe(ChangeState.Applied);

        azure.Writes.Count(w => w.Query.ContainsKey("suppressNotifications")).ShouldBe(1);
    }

    [Theory]
    [InlineData(403, "Work Items (Read & write)")]
    [InlineData(404, "not there any more")]
    public async Task A_missing_right_or_item_is_told_in_a_sentence(int status, string words)
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("PATCH", Path, _ => Reply.Error(status, "TF0"));

        (await ApplyAsync(azure, new AddLabel(new Label("ui")))).Single().Why!.ShouldContain(words);
    }

    [Fact]
    public async Task An_outcome_that_is_not_known_rises()
    {
        await using var azure = await ServerAsync(AnItem.Json(12, 7));
        azure.On("PATCH", Path, _ => new Reply(503, "text/html", "busy"));

        await Should.ThrowAsync<HttpRequestException>(() => ApplyAsync(azure, new AddLabel(new Label("ui"))));
    }

    private static async Task<ScriptedAzure> ServerAsync(object item)
    {
        var azure = await ScriptedAzure.StartAsync();
        return azure.On("GET", Path, _ => Reply.Json(item)).On("PATCH", Path, _ => Reply.Json(item));
    }

    private static async Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(ScriptedAzure azure, params Change[] changes)
    {
        using var tracker = azure.Tracker();
        return await tracker.ApplyAsync(Stored(7), [.. changes.Select((c, i) => new Effect($"d:{i}", c, false))], None);
    }

    private static WorkItem Stored(int revision) => new() { Ref = Item(12), Title = "Item 12", Revision = $"{revision}" };

    private static WorkItemRef Item(int number) => new("azuredevops", "contoso/Web Shop", $"{number}");
}
