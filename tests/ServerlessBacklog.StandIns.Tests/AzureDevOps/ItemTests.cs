using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class ItemTests : AzureDevOpsTests
{
    [Fact]
    public async Task A_change_makes_a_revision_and_the_same_again_makes_none()
    {
        var id = await ItemAsync("Crash");

        var first = await PatchAsync(id, Set("System.AssignedTo", Anna), Set("Microsoft.VSTS.Common.Priority", 1));
        var second = await PatchAsync(id, Set("System.AssignedTo", Anna));

        first.Json["rev"]!.GetValue<int>().ShouldBe(2);
        first.Json["fields"]!["System.AssignedTo"]!["uniqueName"]!.ToString().ShouldBe(Anna);
        second.Json["rev"]!.GetValue<int>().ShouldBe(2);
        DevOps.Item(id).Fields["Microsoft.VSTS.Common.Priority"].ShouldBe("1");
    }

    [Fact]
    public async Task A_revision_that_has_passed_fails_the_whole_patch_with_412()
    {
        var id = await ItemAsync("Crash");
        await DevOps.TagAsync(id, Anna, "new");

        var answer = await PatchAsync(id, new { op = "test", path = "/rev", value = 1 }, Set("System.Title", "Mine"));

        answer.Status.ShouldBe(412);
        answer.Message.ShouldBe("VS403351: Test Operation for path /rev failed, value 2 was not equal to test value 1.");
        DevOps.Item(id).Title.ShouldBe("Crash");
        (await PatchAsync(id, new { op = "test", path = "/rev", value = 2 }, Set("System.Title", "Mine"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Patches_have_a_content_type_of_their_own()
    {
        var id = await ItemAsync("Crash");

        (await Bot.PatchAsync($"/contoso/_apis/wit/workitems/{id}?{Api}", new[] { Set("System.Title", "x") })).Status.ShouldBe(415);
    }

    [Theory]
    [InlineData("Custom.Ghost", "x", "TF51535: Cannot find field Custom.Ghost.")]
    [InlineData("System.CreatedDate", "2020-01-01", "TF401320: Rule Error for field Created Date. Error code: ReadOnly.")]
    [InlineData("System.State", "Nowhere", "TF401320: Rule Error for field State.")]
    [InlineData("System.AreaPath", "Shop\\Nowhere", "TF401347: Invalid tree name")]
    [InlineData("System.AssignedTo", "ghost@contoso.com", "The identity value 'ghost@contoso.com' for field 'Assigned To' is an unknown identity.")]
    [InlineData("Microsoft.VSTS.Common.Priority", "9", "TF401320: Rule Error for field Priority.")]
    [InlineData("System.Title", "", "TF401320: Rule Error for field Title.")]
    public async Task Values_that_a_field_does_not_take_are_refused(string field, string value, string message)
    {
        var id = await ItemAsync("Crash");

        var answer = await PatchAsync(id, Set("System.Tags", "kept out"), Set(field, value));

        answer.Status.ShouldBe(400);
        answer.Message.ShouldStartWith(message);
        DevOps.Item(id).Rev.ShouldBe(1);
    }

    [Fact]
    public async Task Tags_are_one_text_sorted_and_each_once()
    {
        var id = await ItemAsync("Crash");

        await PatchAsync(id, Set("System.Tags", "web; Bug;api;bug"));

        DevOps.Item(id).Fields["System.Tags"].ShouldBe("api; Bug; web");
        await PatchAsync(id, new { op = "remove", path = "/fields/System.Tags" });
        DevOps.Item(id).Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_duplicate_points_to_the_one_that_is_kept_by_the_end_that_is_named_duplicate_of()
    {
        var (kept, copy, third) = (await ItemAsync("Kept"), await ItemAsync("Copy"), await ItemAsync("Third"));
        var types = (await GetAsync("/contoso/_apis/wit/workitemrelationtypes"))["value"]!.AsArray();
        var duplicateOf = types.Single(t => t!["name"]!.ToString() == "Duplicate Of")!["referenceName"]!.ToString();

        var answer = await PatchAsync(copy, Link(duplicateOf, kept));

        duplicateOf.ShouldBe("System.LinkTypes.Duplicate-Reverse");
        answer.Status.ShouldBe(200, answer.Text);
        DevOps.Item(copy).Links.ShouldHaveSingleItem().Name.ShouldBe("Duplicate Of");
        DevOps.Item(kept).Links.ShouldHaveSingleItem().ShouldBe(new AzureDevOpsLink("System.LinkTypes.Duplicate-Forward", "Duplicate", copy, null));
        // One copy has one that is kept; one that is kept has many copies.
        (await PatchAsync(copy, Link(duplicateOf, third))).Message.ShouldStartWith("TF201036");
        (await PatchAsync(third, Link(duplicateOf, kept))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Links_make_no_circles_and_stand_once()
    {
        var (one, two, three) = (await ItemAsync("1"), await ItemAsync("2"), await ItemAsync("3"));
        await PatchAsync(one, Link("System.LinkTypes.Dependency-Forward", two));
        await PatchAsync(two, Link("System.LinkTypes.Dependency-Forward", three));

        (await PatchAsync(three, Link("System.LinkTypes.Dependency-Forward", one))).Message.ShouldStartWith("TF201035");
        (await PatchAsync(one, Link("System.LinkTypes.Dependency-Reverse", three))).Message.ShouldStartWith("TF201035");
        (await PatchAsync(one, Link("System.LinkTypes.Dependency-Forward", two))).Message.ShouldBe("Relation already exists.");
        DevOps.Item(three).Links.ShouldHaveSingleItem().Name.ShouldBe("Predecessor");
    }

    [Fact]
    public async Task A_link_goes_by_its_place_in_the_list_and_from_both_ends()
    {
        var (one, two) = (await ItemAsync("1"), await ItemAsync("2"));
        await PatchAsync(one, Link("System.LinkTypes.Related", two));

        (await PatchAsync(one, new { op = "remove", path = "/relations/5" })).Status.ShouldBe(400);
        (await PatchAsync(one, new { op = "remove", path = "/relations/0" })).Status.ShouldBe(200);

        DevOps.Item(one).Links.ShouldBeEmpty();
        DevOps.Item(two).Links.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_is_an_update_of_the_other_item_without_a_revision()
    {
        var (one, two) = (await ItemAsync("1"), await ItemAsync("2"));
        await PatchAsync(one, Link("System.LinkTypes.Related", two));

        var updates = (await GetAsync($"/contoso/Shop/_apis/wit/workitems/{two}/updates"))["value"]!.AsArray();

        updates.Select(u => (u!["id"]!.GetValue<int>(), u["rev"]!.GetValue<int>())).ShouldBe([(1, 1), (2, 1)]);
        updates[1]!["relations"]!["added"]![0]!["rel"]!.ToString().ShouldBe("System.LinkTypes.Related");
    }

    [Fact]
    public async Task The_history_tells_old_and_new_values()
    {
        var id = await ItemAsync("Crash");
        await DevOps.SetStateAsync(id, Anna, "Active");

        var update = (await GetAsync($"/contoso/_apis/wit/workitems/{id}/updates"))["value"]![1]!;

        update["fields"]!["System.State"]!.ToJsonString().ShouldBe("""{"oldValue":"New","newValue":"Active"}""");
        update["revisedBy"]!["uniqueName"]!.ToString().ShouldBe(Anna);
    }

    [Fact]
    public async Task Batches_hold_200_and_leave_a_gap_for_what_is_missing()
    {
        var id = await ItemAsync("Crash");
        var path = $"/contoso/_apis/wit/workitemsbatch?{Api}";

        (await Bot.PostAsync(path, new { ids = Enumerable.Range(1, 201) })).Message.ShouldStartWith("VS403474");
        (await Bot.PostAsync(path, new { ids = new[] { id, 999 } })).Status.ShouldBe(404);
        var omitted = await Bot.PostAsync(path, new { ids = new[] { 999, id }, errorPolicy = "omit", fields = new[] { "System.Title" } });
        omitted.Json["value"]![0].ShouldBeNull();
        omitted.Json["value"]![1]!["fields"]!.ToJsonString().ShouldBe("""{"System.Title":"Crash"}""");
    }

    [Fact]
    public async Task Everything_is_expanded_on_demand()
    {
        var (one, two) = (await ItemAsync("1"), await ItemAsync("2"));
        await DevOps.LinkAsync(one, Anna, "System.LinkTypes.Hierarchy-Reverse", two);

        var plain = await GetAsync($"/contoso/_apis/wit/workitems/{one}");
        var all = await GetAsync($"/contoso/Shop/_apis/wit/workitems/{one}?$expand=all");

        plain["relations"].ShouldBeNull();
        plain["fields"]!["System.Parent"]!.GetValue<int>().ShouldBe(two);
        all["relations"]![0]!["attributes"]!["name"]!.ToString().ShouldBe("Parent");
        all["fields"]!["System.Id"]!.GetValue<int>().ShouldBe(one);
        all["_links"]!["html"]!["href"]!.ToString().ShouldEndWith($"/_workitems/edit/{one}");
    }

    [Fact]
    public async Task Items_are_created_under_the_name_of_their_type()
    {
        var answer = await Bot.SendAsync(HttpMethod.Post, $"/contoso/Shop/_apis/wit/workitems/$User%20Story?{Api}", new[] { Set("System.Title", "As a user"), Set("System.AreaPath", "Shop\\Checkout") }, "application/json-patch+json");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json["fields"]!["System.CreatedBy"]!["displayName"]!.ToString().ShouldBe("Backlog Bot");
        DevOps.Item(answer.Json["id"]!.GetValue<int>()).Type.ShouldBe("User Story");
    }

    [Fact]
    public async Task Comments_are_a_preview_newest_first_and_edited_in_place()
    {
        var id = await ItemAsync("Crash");
        var path = $"/contoso/Shop/_apis/wit/workItems/{id}/comments";
        await DevOps.CommentAsync(id, Anna, "first");

        (await Bot.PostAsync($"{path}?api-version=7.1", new { text = "x" })).Message.ShouldContain("is under preview");
        var made = await Bot.PostAsync($"{path}?api-version=7.1-preview.4", new { text = "second" });
        var comment = made.Json["id"]!.GetValue<int>();
        await Bot.PatchAsync($"{path}/{comment}?api-version=7.1-preview.4", new { text = "second, mended" });

        var list = (await GetAsync($"{path}?api-version=7.1-preview.4&$top=1"));
        list["comments"]![0]!["text"]!.ToString().ShouldBe("second, mended");
        list["comments"]![0]!["version"]!.GetValue<int>().ShouldBe(2);
        list["totalCount"]!.GetValue<int>().ShouldBe(2);
        var rest = await GetAsync($"{path}?api-version=7.1-preview.4&$top=1&continuationToken={list["continuationToken"]}");
        rest["comments"]![0]!["text"]!.ToString().ShouldBe("first");
        (await Bot.DeleteAsync($"{path}/{comment}?api-version=7.1-preview.4")).Status.ShouldBe(204);
        DevOps.Item(id).Comments.ShouldHaveSingleItem().By.ShouldBe(Anna);
    }

    [Fact]
    public async Task Deleted_items_are_in_the_recycle_bin_and_come_back()
    {
        var id = await ItemAsync("Crash");

        (await Bot.DeleteAsync($"/contoso/_apis/wit/workitems/{id}?{Api}")).Status.ShouldBe(200);
        (await Bot.GetAsync($"/contoso/_apis/wit/workitems/{id}")).Message.ShouldStartWith("TF401232");
        (await GetAsync($"/contoso/_apis/wit/recyclebin/{id}"))["name"]!.ToString().ShouldBe("Crash");
        (await Bot.PatchAsync($"/contoso/_apis/wit/recyclebin/{id}?{Api}", new { IsDeleted = false })).Status.ShouldBe(200);
        (await GetAsync($"/contoso/_apis/wit/workitems/{id}"))["id"]!.GetValue<int>().ShouldBe(id);
    }

    [Fact]
    public async Task Types_tell_their_states_with_categories()
    {
        var states = (await GetAsync("/contoso/Shop/_apis/wit/workitemtypes/Bug/states"))["value"]!.AsArray();

        states.Select(s => $"{s!["name"]}:{s["category"]}").ShouldBe(["New:Proposed", "Active:InProgress", "Resolved:Resolved", "Closed:Completed"]);
        (await GetAsync("/contoso/Shop/_apis/wit/workitemtypes"))["count"]!.GetValue<int>().ShouldBe(5);
        (await GetAsync("/contoso/Shop/_apis/wit/classificationnodes/areas?$depth=5"))["children"]![0]!["name"]!.ToString().ShouldBe("Checkout");
    }

    [Fact]
    public async Task Every_write_over_http_is_in_the_log()
    {
        var id = await ItemAsync("Crash");
        await QueryAsync("");

        await PatchAsync(id, Set("System.Tags", "web"));

        var write = DevOps.Writes.ShouldHaveSingleItem();
        (write.By, write.Method, write.Status).ShouldBe(("backlog.bot@contoso.com", "PATCH", 200));
        JsonNode.Parse(write.Body)![0]!["value"]!.ToString().ShouldBe("web");
    }
}
