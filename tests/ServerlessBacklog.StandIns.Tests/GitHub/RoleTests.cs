using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class RoleTests : GitHubTests
{
    [Theory]
    [InlineData("root", "admin", "admin")]
    [InlineData("anna", "write", "write")]
    [InlineData("tom", "triage", "read")]
    [InlineData("zoe", "read", "read")]
    public async Task A_role_is_told_by_its_name_and_by_its_older_one(string login, string role, string permission)
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");

        var answer = (await Anna.GetAsync($"/repos/{Repo}/collaborators/{login}/permission")).Json;

        (answer["role_name"]!.ToString(), answer["permission"]!.ToString(), answer["user"]!["login"]!.ToString()).ShouldBe((role, permission, login));
    }

    [Fact]
    public async Task A_role_of_an_organization_counts_as_the_one_that_it_was_made_from()
    {
        await GitHub.CreateRepositoryAsync("acme/blog", new GitHubRepositorySetup
        {
            Roles = new Dictionary<string, string> { ["anna"] = "publisher", ["ida"] = "herder" },
            CustomRoles = new Dictionary<string, string> { ["publisher"] = "write", ["herder"] = "triage" },
        });

        var (publisher, herder) = (await Anna.GetAsync("/repos/acme/blog/collaborators/anna/permission"), await Anna.GetAsync("/repos/acme/blog/collaborators/ida/permission"));

        (publisher.Json["role_name"]!.ToString(), publisher.Json["permission"]!.ToString()).ShouldBe(("publisher", "write"));
        (herder.Json["role_name"]!.ToString(), herder.Json["permission"]!.ToString()).ShouldBe(("herder", "read"));
    }

    [Fact]
    public async Task Roles_are_told_to_those_who_may_push_and_to_the_app()
    {
        (await Anonymous.GetAsync($"/repos/{Repo}/collaborators/anna/permission")).Status.ShouldBe(401);
        var refused = await Stranger.GetAsync($"/repos/{Repo}/collaborators/anna/permission");
        (refused.Status, refused.Message).ShouldBe((403, "Must have push access to view collaborator permission."));
        (await (await InstallationAsync()).GetAsync($"/repos/{Repo}/collaborators/anna/permission")).Status.ShouldBe(200);
        (await Anna.GetAsync($"/repos/{Repo}/collaborators/never-heard-of/permission")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Reactions_to_a_comment_are_listed_by_what_they_say()
    {
        await GitHub.OpenIssueAsync(Repo, "anna", "One");
        var comment = await GitHub.CommentAsync(Repo, 1, "anna", "Closing this.");
        await GitHub.ReactToCommentAsync(Repo, comment, "tom", "-1");
        await GitHub.ReactToCommentAsync(Repo, comment, "tom", "-1");
        await GitHub.ReactToCommentAsync(Repo, comment, "zoe", "+1");
        var path = $"/repos/{Repo}/issues/comments/{comment}/reactions";

        var against = (await Anna.GetAsync($"{path}?content=-1")).Json.AsArray();

        against.ShouldHaveSingleItem()!["user"]!["login"]!.ToString().ShouldBe("tom");
        (await Anna.GetAsync(path)).Json.AsArray().Count.ShouldBe(2);
        (await Anna.GetAsync($"{path}?content=boo")).Status.ShouldBe(422);
    }
}
