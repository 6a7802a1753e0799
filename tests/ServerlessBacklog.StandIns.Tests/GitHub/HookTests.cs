using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class HookTests : GitHubTests
{
    [Fact]
    public async Task Deliveries_are_signed_and_say_what_they_are()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.DrainAsync();

        var call = Receiver.Calls.ShouldHaveSingleItem();
        call.Headers["X-Hub-Signature-256"].ShouldBe("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("s3cret"), call.Body)));
        call.Headers["X-GitHub-Event"].ShouldBe("issues");
        call.Headers["User-Agent"].ShouldStartWith("GitHub-Hookshot/");
        Guid.TryParse(call.Headers["X-GitHub-Delivery"], out _).ShouldBeTrue();
        call.Json["action"]!.ToString().ShouldBe("opened");
        call.Json["repository"]!["full_name"]!.ToString().ShouldBe(Repo);
        call.Json["installation"]!["id"]!.GetValue<long>().ShouldBe(GitHub.InstallationId("acme"));
        call.Json["sender"]!["login"]!.ToString().ShouldBe("zoe");
    }

    [Fact]
    public async Task Writes_over_the_api_come_back_as_events_of_a_bot()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await (await InstallationAsync()).PostAsync($"/repos/{Repo}/issues/1/labels", new { labels = new[] { "bug" } });
        await GitHub.DrainAsync();

        var call = Receiver.Calls.Last();
        call.Json["action"]!.ToString().ShouldBe("labeled");
        call.Json["label"]!["name"]!.ToString().ShouldBe("bug");
        call.Json["sender"]!["type"]!.ToString().ShouldBe("Bot");
        call.Json["sender"]!["login"]!.ToString().ShouldBe("serverless-backlog[bot]");
    }

    [Fact]
    public async Task Two_hooks_deliver_one_event_under_two_guids()
    {
        GitHub.PointHooksAt(new GitHubHookTarget(Receiver.Address, "app", RepositoryHook: true) { RepositorySecret = "repo" });

        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.DrainAsync();

        Receiver.Calls.Count.ShouldBe(2);
        Receiver.Calls.Select(c => c.Headers["X-GitHub-Delivery"]).Distinct().Count().ShouldBe(2);
        Receiver.Calls.Count(c => c.Json["installation"] is null).ShouldBe(1);
        Receiver.Calls.Select(c => c.Headers["X-GitHub-Hook-Installation-Target-Type"]).ShouldBe(["repository", "integration"], ignoreOrder: true);
    }

    [Fact]
    public async Task Failed_deliveries_are_listed_and_sent_again_under_the_same_guid()
    {
        Receiver.Status = 500;
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.DrainAsync();
        Receiver.Status = 202;
        Receiver.Calls.Count.ShouldBe(1);

        var failed = (await App().GetAsync("/app/hook/deliveries?status=failure")).Json.AsArray().ShouldHaveSingleItem()!;
        var asked = await App().PostAsync($"/app/hook/deliveries/{failed["id"]}/attempts", new { });
        await GitHub.DrainAsync();

        failed["status_code"]!.GetValue<int>().ShouldBe(500);
        asked.Status.ShouldBe(202);
        Receiver.Calls.Select(c => c.Headers["X-GitHub-Delivery"]).Distinct().ShouldHaveSingleItem().ShouldBe(failed["guid"]!.ToString());
        var list = (await App().GetAsync("/app/hook/deliveries")).Json.AsArray();
        list.Select(d => d!["redelivery"]!.GetValue<bool>()).ShouldBe([true, false]);
        list.Select(d => d!["guid"]!.ToString()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Deliveries_are_paged_by_cursor_and_kept_three_days()
    {
        for (var i = 0; i < 5; i++)
            await GitHub.OpenIssueAsync(Repo, "zoe", $"{i}");
        await GitHub.DrainAsync();
        var ids = new List<long>();
        var next = "/app/hook/deliveries?per_page=2";

        while (next is not null)
        {
            var page = await App().GetAsync(next);
            ids.AddRange(page.Json.AsArray().Select(d => d!["id"]!.GetValue<long>()));
            next = page.Header("Link")?.Split('>')[0][1..];
        }

        ids.Count.ShouldBe(5);
        ids.ShouldBe(ids.OrderDescending());
        Clock.Advance(TimeSpan.FromDays(3));
        (await App().GetAsync("/app/hook/deliveries")).Json.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliveries_of_the_app_are_for_the_app_alone()
    {
        (await (await InstallationAsync()).GetAsync("/app/hook/deliveries")).Status.ShouldBe(401);
        (await Anna.GetAsync($"/repos/{Repo}/hooks")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Those_who_administer_a_repository_see_its_hook()
    {
        GitHub.PointHooksAt(new GitHubHookTarget(Receiver.Address, "s", AppHook: false, RepositoryHook: true));
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.DrainAsync();

        var hook = (await Client("root-token").GetAsync($"/repos/{Repo}/hooks")).Json[0]!["id"];
        var deliveries = await Client("root-token").GetAsync($"/repos/{Repo}/hooks/{hook}/deliveries");

        deliveries.Json[0]!["event"]!.ToString().ShouldBe("issues");
    }

    [Fact]
    public async Task A_transfer_is_told_on_both_sides()
    {
        await GitHub.CreateRepositoryAsync("acme/other");
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.TransferAsync(Repo, 1, "root", "acme/other");
        await GitHub.DrainAsync();

        var (left, came) = (Receiver.Calls.ElementAt(1).Json, Receiver.Calls.ElementAt(2).Json);
        (left["action"]!.ToString(), left["changes"]!["new_repository"]!["full_name"]!.ToString()).ShouldBe(("transferred", "acme/other"));
        (came["action"]!.ToString(), came["changes"]!["old_repository"]!["full_name"]!.ToString()).ShouldBe(("opened", Repo));
    }

    [Fact]
    public async Task Links_are_told_to_both_ends()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.OpenIssueAsync(Repo, "zoe", "Two");
        await GitHub.AddBlockedByAsync(Repo, 1, 2, "anna");
        await GitHub.AddSubIssueAsync(Repo, 1, 2, "anna");
        await GitHub.DrainAsync();

        Receiver.Calls.Skip(2).Select(c => $"{c.Headers["X-GitHub-Event"]}.{c.Json["action"]}").ShouldBe(
            ["issue_dependencies.blocked_by_added", "issue_dependencies.blocking_added", "sub_issues.sub_issue_added", "sub_issues.parent_issue_added"]);
    }

    [Fact]
    public async Task Paused_deliveries_wait_with_the_state_of_their_moment()
    {
        GitHub.PauseDeliveries();
        await GitHub.OpenIssueAsync(Repo, "zoe", "Before");
        await GitHub.EditAsync(Repo, 1, "zoe", "After");
        Receiver.Calls.ShouldBeEmpty();
        Should.Throw<InvalidOperationException>(() => GitHub.DrainAsync());

        GitHub.ResumeDeliveries();
        await GitHub.DrainAsync();

        Receiver.Calls.Select(c => c.Json["issue"]!["title"]!.ToString()).ShouldBe(["Before", "After"]);
        Receiver.Calls.Last().Json["changes"]!["title"]!["from"]!.ToString().ShouldBe("Before");
    }

    [Fact]
    public async Task Reactions_raise_no_event()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        await GitHub.ReactAsync(Repo, 1, "anna", "-1");
        await GitHub.DrainAsync();

        Receiver.Calls.Count.ShouldBe(1);
        (await Anna.GetAsync($"/repos/{Repo}/issues/1")).Json["reactions"]!["-1"]!.GetValue<int>().ShouldBe(1);
    }
}
