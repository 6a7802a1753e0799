using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class TeamTests : AzureDevOpsTests
{
    private const string Teams = "/contoso/_apis/projects/Shop/teams";

    internal override AzureDevOpsStandInOptions Options => base.Options with { MayNotReadTeams = new HashSet<string> { "reader@contoso.com" } };

    [Fact]
    public async Task A_project_begins_with_one_team_of_its_members()
    {
        var team = (await GetAsync($"{Teams}?{Api}"))["value"]!.AsArray().ShouldHaveSingleItem()!;

        (team["name"]!.ToString(), team["projectName"]!.ToString()).ShouldBe(("Shop Team", "Shop"));
        var member = (await GetAsync($"{Teams}/{team["id"]}/members?{Api}"))["value"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        member["identity"]!["uniqueName"]!.ToString().ShouldBe(Anna);
        member.ContainsKey("isTeamAdmin").ShouldBeFalse();
    }

    [Fact]
    public async Task Administrators_are_members_that_are_marked()
    {
        await DevOps.CreateTeamAsync("Shop", "Checkout", [Anna], "root@contoso.com");

        var members = (await GetAsync($"{Teams}/Checkout/members?{Api}"))["value"]!.AsArray();

        members.Select(m => (Login(m!["identity"]), m["isTeamAdmin"]?.GetValue<bool>())).ShouldBe([(Anna, null), ("root@contoso.com", true)]);
    }

    [Fact]
    public async Task Teams_and_members_come_in_pages()
    {
        await DevOps.CreateTeamAsync("Shop", "Checkout", [.. Enumerable.Range(1, 150).Select(n => $"user{n}@contoso.com")]);

        (await GetAsync($"{Teams}?$top=1&$skip=1&{Api}"))["value"]!.AsArray().ShouldHaveSingleItem()!["name"]!.ToString().ShouldBe("Checkout");
        (await GetAsync($"{Teams}/Checkout/members?{Api}"))["value"]!.AsArray().Count.ShouldBe(100);
        (await GetAsync($"{Teams}/Checkout/members?$top=100&$skip=100&{Api}"))["value"]!.AsArray().Count.ShouldBe(50);
    }

    [Theory]
    [InlineData("/contoso/_apis/projects/None/teams", 404)]
    [InlineData("/contoso/_apis/projects/Shop/teams/None/members", 404)]
    [InlineData("/contoso/_apis/projects/Shop/teams?$top=many", 400)]
    public async Task What_is_not_there_or_not_understood_is_refused(string path, int status) => (await Bot.GetAsync(path)).Status.ShouldBe(status);

    [Fact]
    public async Task A_token_without_the_scope_sees_items_and_no_teams()
    {
        var reader = Client(Basic("reader-pat"));
        var id = await ItemAsync("One");

        (await reader.GetAsync($"{Teams}?{Api}")).Status.ShouldBe(401);
        (await reader.GetAsync($"{Teams}/Shop Team/members?{Api}")).Status.ShouldBe(401);
        (await reader.GetAsync($"/contoso/_apis/wit/workitems/{id}?{Api}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Reactions_to_a_comment_are_counted_and_named()
    {
        var id = await ItemAsync("One");
        var comment = await DevOps.CommentAsync(id, Anna, "Closing this.");
        await DevOps.ReactToCommentAsync(id, comment, "tom@contoso.com", "dislike");
        await DevOps.ReactToCommentAsync(id, comment, "tom@contoso.com", "dislike");
        await DevOps.ReactToCommentAsync(id, comment, "zoe@contoso.com", "dislike");
        await DevOps.ReactToCommentAsync(id, comment, Anna, "like");
        var path = $"/contoso/Shop/_apis/wit/workItems/{id}/comments/{comment}/reactions";

        (await GetAsync($"{path}?{Api}-preview.1"))["value"]!.AsArray().Select(r => (r!["type"]!.ToString(), r["count"]!.GetValue<int>())).ShouldBe([("dislike", 2), ("like", 1)]);
        (await GetAsync($"{path}/dislike/users?{Api}-preview.1"))["value"]!.AsArray().Select(Login).ShouldBe(["tom@contoso.com", "zoe@contoso.com"]);
        (await GetAsync($"{path}/dislike/users?$top=1&$skip=1&{Api}-preview.1"))["value"]!.AsArray().Select(Login).ShouldBe(["zoe@contoso.com"]);
        (await GetAsync($"{path}/heart/users?{Api}-preview.1"))["value"]!.AsArray().ShouldBeEmpty();
        (await Bot.GetAsync($"{path}?{Api}")).Status.ShouldBe(400, "the interface is a preview");
        (await Bot.GetAsync($"{path}/boo/users?{Api}-preview.1")).Status.ShouldBe(400);
        (await Bot.GetAsync($"/contoso/Shop/_apis/wit/workItems/{id}/comments/1/reactions?{Api}-preview.1")).Status.ShouldBe(404);
    }

    private static string Login(JsonNode? identity) => identity!["uniqueName"]!.ToString();
}
