using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class IssueTests : GitHubTests
{
    [Fact]
    public async Task Pages_are_followed_by_links_that_name_the_repository_by_id()
    {
        for (var i = 1; i <= 5; i++)
            await GitHub.OpenIssueAsync(Repo, "zoe", $"Issue {i}");
        var numbers = new List<int>();
        string? next = $"/repos/{Repo}/issues?per_page=2&state=all&direction=asc";

        while (next is not null)
        {
            var page = await Anna.GetAsync(next);
            numbers.AddRange(page.Json.AsArray().Select(i => (int)i!["number"]!));
            next = page.Header("Link")?.Split(',').Where(l => l.Contains("rel=\"next\"")).Select(l => l.Trim().Split('>')[0][1..]).FirstOrDefault();
            if (next is not null)
                next.ShouldContain("/repositories/");
        }

        numbers.ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task A_list_can_begin_at_a_moment_and_has_pull_requests_in_it()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "Old");
        Clock.Advance(TimeSpan.FromHours(1));
        await GitHub.OpenPullRequestAsync(Repo, "zoe", "Newer");

        var list = await Anna.GetAsync($"/repos/{Repo}/issues?state=all&since=2026-03-01T12:30:00Z");

        list.Json.AsArray().Select(i => (string?)i!["title"]).ShouldBe(["Newer"]);
        list.Json[0]!["pull_request"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_unchanged_list_is_answered_304_and_does_not_count()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        var first = await Anna.GetAsync($"/repos/{Repo}/issues");

        var second = await Anna.GetAsync($"/repos/{Repo}/issues", ("If-None-Match", first.Header("ETag")!));

        second.Status.ShouldBe(304);
        second.Text.ShouldBeEmpty();
        second.Header("x-ratelimit-used").ShouldBe(first.Header("x-ratelimit-used"));
        await GitHub.EditAsync(Repo, 1, "zoe", "Other");
        (await Anna.GetAsync($"/repos/{Repo}/issues", ("If-None-Match", first.Header("ETag")!))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Post_of_labels_adds_put_and_patch_replace_all_delete_takes_one()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One", null, "bug", "area/ui");

        await Anna.PostAsync($"/repos/{Repo}/issues/1/labels", new { labels = new[] { "new" } });
        GitHub.Issue(Repo, 1).Labels.ShouldBe(["bug", "area/ui", "new"]);
        (await Anna.DeleteAsync($"/repos/{Repo}/issues/1/labels/area%2Fui")).Status.ShouldBe(200);
        GitHub.Issue(Repo, 1).Labels.ShouldBe(["bug", "new"]);
        (await Anna.DeleteAsync($"/repos/{Repo}/issues/1/labels/area%2Fui")).Message.ShouldBe("Label does not exist");
        await Anna.PatchAsync($"/repos/{Repo}/issues/1", new { labels = new[] { "question" } });
        GitHub.Issue(Repo, 1).Labels.ShouldBe(["question"]);
        GitHub.Labels(Repo).ShouldContain("new");
    }

    [Fact]
    public async Task People_without_access_are_dropped_from_assignees_without_a_word()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");

        var answer = await Anna.PostAsync($"/repos/{Repo}/issues/1/assignees", new { assignees = new[] { "tom", "zoe", "nobody" } });

        answer.Status.ShouldBe(201);
        GitHub.Issue(Repo, 1).Assignees.ShouldBe(["tom"]);
    }

    [Fact]
    public async Task Issues_close_with_a_reason_and_reopen()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");

        var closed = await Anna.PatchAsync($"/repos/{Repo}/issues/1", new { state = "closed", state_reason = "not_planned" });
        var reopened = await Anna.PatchAsync($"/repos/{Repo}/issues/1", new { state = "open" });
        var wrong = await Anna.PatchAsync($"/repos/{Repo}/issues/1", new { state = "closed", state_reason = "bored" });

        closed.Json["state_reason"]!.ToString().ShouldBe("not_planned");
        reopened.Json["state_reason"]!.ToString().ShouldBe("reopened");
        wrong.Status.ShouldBe(422);
        GitHub.Issue(Repo, 1).IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData(65_536, 201)]
    [InlineData(65_537, 422)]
    public async Task Comments_have_at_most_65536_characters(int length, int status)
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");

        var answer = await Anna.PostAsync($"/repos/{Repo}/issues/1/comments", new { body = new string('x', length) });

        answer.Status.ShouldBe(status);
    }

    [Fact]
    public async Task Comments_are_made_edited_listed_and_deleted()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        var app = await InstallationAsync();

        var made = await app.PostAsync($"/repos/{Repo}/issues/1/comments", new { body = "Hello" });
        var id = (long)made.Json["id"]!;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await app.PatchAsync($"/repos/{Repo}/issues/comments/{id}", new { body = "Hello again" });

        made.Json["user"]!["type"]!.ToString().ShouldBe("Bot");
        made.Json["performed_via_github_app"]!["slug"]!.ToString().ShouldBe("serverless-backlog");
        (await Anna.GetAsync($"/repos/{Repo}/issues/1/comments")).Json[0]!["body"]!.ToString().ShouldBe("Hello again");
        (await app.DeleteAsync($"/repos/{Repo}/issues/comments/{id}")).Status.ShouldBe(204);
        GitHub.Issue(Repo, 1).Comments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Locked_issues_take_no_comment_of_an_app()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.LockAsync(Repo, 1, "anna");

        var answer = await (await InstallationAsync()).PostAsync($"/repos/{Repo}/issues/1/comments", new { body = "Hello" });

        answer.Status.ShouldBe(403);
        answer.Message.ShouldBe("Unable to create comment because issue is locked.");
    }

    [Fact]
    public async Task Deleted_issues_are_gone_transferred_ones_and_renamed_repositories_have_moved()
    {
        await GitHub.CreateRepositoryAsync("acme/other");
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Two");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Three");
        await GitHub.DeleteAsync(Repo, 1, "root");
        var number = await GitHub.TransferAsync(Repo, 2, "root", "acme/other");
        await GitHub.RenameRepositoryAsync(Repo, "store");

        (await Anna.GetAsync("/repos/acme/store/issues/1")).Status.ShouldBe(410);
        var moved = await Anna.GetAsync("/repos/acme/store/issues/2");
        moved.Status.ShouldBe(301);
        var found = await Anna.GetAsync(moved.Header("Location")!);
        found.Json["number"]!.GetValue<int>().ShouldBe(number);
        found.Json["repository_url"]!.ToString().ShouldEndWith("/repos/acme/other");
        var renamed = await Anna.GetAsync($"/repos/{Repo}/issues/3?x=1");
        renamed.Status.ShouldBe(301);
        (await Anna.GetAsync(renamed.Header("Location")!)).Json["title"]!.ToString().ShouldBe("Three");
    }

    [Fact]
    public async Task Sub_issues_go_by_database_id_have_one_parent_and_no_circles()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "Parent");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Child");
        var (parent, child) = (GitHub.Issue(Repo, 1), GitHub.Issue(Repo, 2));

        (await Anna.PostAsync($"/repos/{Repo}/issues/1/sub_issues", new { sub_issue_id = 2 })).Status.ShouldBe(422);
        (await Anna.PostAsync($"/repos/{Repo}/issues/1/sub_issues", new { sub_issue_id = child.Id })).Status.ShouldBe(201);
        (await Anna.PostAsync($"/repos/{Repo}/issues/2/sub_issues", new { sub_issue_id = parent.Id })).Status.ShouldBe(422);

        GitHub.Issue(Repo, 2).Parent.ShouldBe($"{Repo}#1");
        (await Anna.GetAsync($"/repos/{Repo}/issues/1/sub_issues")).Json.AsArray().Count.ShouldBe(1);
        (await Anna.DeleteAsync($"/repos/{Repo}/issues/1/sub_issue", new { sub_issue_id = child.Id })).Status.ShouldBe(200);
        GitHub.Issue(Repo, 2).Parent.ShouldBeNull();
    }

    [Fact]
    public async Task Dependencies_are_seen_from_both_ends()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "Blocked");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Blocking");

        var answer = await Anna.PostAsync($"/repos/{Repo}/issues/1/dependencies/blocked_by", new { issue_id = GitHub.Issue(Repo, 2).Id });

        answer.Status.ShouldBe(201);
        (await Anna.GetAsync($"/repos/{Repo}/issues/2/dependencies/blocking")).Json[0]!["number"]!.GetValue<int>().ShouldBe(1);
        GitHub.Issue(Repo, 1).BlockedBy.ShouldBe([$"{Repo}#2"]);
    }

    [Fact]
    public async Task Names_in_texts_reach_their_issues_and_people_unless_they_stand_in_code()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Two");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Three");

        await GitHub.CommentAsync(Repo, 3, "anna", "like #1, `#2` is not meant; @tom and `@root`");

        GitHub.Issue(Repo, 1).Timeline.ShouldContain($"cross-referenced {Repo}#3 by anna");
        GitHub.Issue(Repo, 2).Timeline.ShouldBeEmpty();
        GitHub.Mentions.ShouldBe([new GitHubMention($"{Repo}#3", "tom", "anna")]);
    }

    [Fact]
    public async Task The_timeline_tells_who_did_what()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One", null, "bug");
        await GitHub.UnlabelAsync(Repo, 1, "anna", "bug");
        await GitHub.CommentAsync(Repo, 1, "tom", "why?");

        var timeline = (await Anna.GetAsync($"/repos/{Repo}/issues/1/timeline")).Json.AsArray();

        timeline.Select(e => $"{e!["event"]} {e["actor"]!["login"]}").ShouldBe(["labeled zoe", "unlabeled anna", "commented tom"]);
        timeline[1]!["label"]!["name"]!.ToString().ShouldBe("bug");
    }

    [Fact]
    public async Task Every_write_over_http_is_in_the_log()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");

        await Anna.PostAsync($"/repos/{Repo}/issues/1/labels", new { labels = new[] { "bug" } });
        await Anna.GetAsync($"/repos/{Repo}/issues/1");

        var write = GitHub.Writes.ShouldHaveSingleItem();
        (write.By, write.Method, write.Path, write.Status).ShouldBe(("anna", "POST", $"/repos/{Repo}/issues/1/labels", 200));
        JsonNode.Parse(write.Body)!["labels"]![0]!.ToString().ShouldBe("bug");
    }

    [Fact]
    public async Task Faults_strike_the_requests_that_they_fit()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        GitHub.Fail(new Fault { Method = "GET", Path = "/issues/1", Status = 502 });
        GitHub.Fail(Fault.LostAnswer("POST", "/comments"));

        (await Anna.GetAsync($"/repos/{Repo}/issues/1")).Status.ShouldBe(502);
        (await Anna.GetAsync($"/repos/{Repo}/issues/1")).Status.ShouldBe(200);
        await Should.ThrowAsync<HttpRequestException>(() => Anna.PostAsync($"/repos/{Repo}/issues/1/comments", new { body = "Hello" }));
        GitHub.Issue(Repo, 1).Comments.Count.ShouldBe(1);
    }
}
