using System.Net.Http.Headers;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class DoorTests : AzureDevOpsTests
{
    internal override AzureDevOpsStandInOptions Options => base.Options with { Rates = new AzureDevOpsRateRules { PerFiveMinutes = 10, SlowFrom = 0.5 } };

    [Fact]
    public async Task A_token_that_was_never_good_gets_a_page_to_sign_in_that_looks_like_success()
    {
        var answer = await Client(Basic("nonsense")).GetAsync("/contoso/_apis/projects");

        answer.Status.ShouldBe(203);
        answer.Header("Content-Type").ShouldStartWith("text/html");
    }

    [Fact]
    public async Task Without_a_token_one_is_sent_to_sign_in()
    {
        var answer = await Client(null).GetAsync("/contoso/_apis/projects");

        answer.Status.ShouldBe(302);
        answer.Header("Location").ShouldStartWith($"{DevOps.Address}_signin");
        (await Client(null).GetAsync("/contoso/_apis/projects", ("X-TFS-FedAuthRedirect", "Suppress"))).Status.ShouldBe(401);
        (await Client(Basic("revoked-1")).GetAsync("/contoso/_apis/projects")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Bearer_tokens_are_good_too_and_say_whose_they_are()
    {
        var answer = await Client(new AuthenticationHeaderValue("Bearer", "bot-pat")).GetAsync("/contoso/_apis/connectionData");

        answer.Json["authenticatedUser"]!["providerDisplayName"]!.ToString().ShouldBe("Backlog Bot");
    }

    [Fact]
    public async Task Tokens_that_may_only_read_do_not_write()
    {
        var id = await ItemAsync("Crash");
        var reader = Client(Basic("reader-pat"));

        (await reader.GetAsync($"/contoso/_apis/wit/workitems/{id}")).Status.ShouldBe(200);
        (await reader.SendAsync(HttpMethod.Patch, $"/contoso/_apis/wit/workitems/{id}?{Api}", new[] { Set("System.Title", "x") }, "application/json-patch+json")).Message.ShouldStartWith("TF400813");
        DevOps.Item(id).Title.ShouldBe("Crash");
    }

    [Theory]
    [InlineData("/contoso/Ghost/_apis/wit/workitemtypes", "TF200016")]
    [InlineData("/contoso/_apis/projects/Ghost", "TF200016")]
    [InlineData("/contoso/_apis/projects/11111111-2222-3333-4444-555555555555", "VS800075")]
    [InlineData("/contoso/_apis/wit/workitems/77", "TF401232")]
    public async Task What_is_not_there_is_said_by_its_code(string path, string code)
    {
        var answer = await Bot.GetAsync(path);

        answer.Status.ShouldBe(404);
        answer.Message.ShouldStartWith(code);
    }

    [Fact]
    public async Task Other_organizations_are_not_here()
    {
        (await Bot.GetAsync("/fabrikam/_apis/projects")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_change_names_the_version_of_the_interface()
    {
        var id = await ItemAsync("Crash");

        var answer = await Bot.SendAsync(HttpMethod.Patch, $"/contoso/_apis/wit/workitems/{id}", new[] { Set("System.Title", "x") }, "application/json-patch+json");

        answer.Status.ShouldBe(400);
        answer.Message.ShouldStartWith("No api-version was supplied for the \"PATCH\" request.");
    }

    [Fact]
    public async Task First_it_asks_to_slow_down_beside_a_good_answer_then_it_refuses()
    {
        for (var i = 0; i < 4; i++)
            (await Bot.GetAsync("/contoso/_apis/projects")).Header("Retry-After").ShouldBeNull();

        var fifth = await Bot.GetAsync("/contoso/_apis/projects");
        (fifth.Status, fifth.Header("Retry-After")).ShouldBe((200, "5"));
        fifth.Header("X-RateLimit-Remaining").ShouldBe("5");
        DevOps.Breaches.ShouldBeEmpty();
        for (var i = 0; i < 5; i++)
            await Bot.GetAsync("/contoso/_apis/projects");
        var refused = await Bot.GetAsync("/contoso/_apis/projects");

        refused.Status.ShouldBe(429);
        refused.Message.ShouldStartWith("TF400733");
        refused.Header("Retry-After").ShouldBe("300");
        DevOps.Breaches.Select(b => b.Rule).Distinct().ShouldBe(["a request before Retry-After had passed", "more than 10 requests in five minutes"], ignoreOrder: true);
        Clock.Advance(TimeSpan.FromMinutes(5));
        (await Bot.GetAsync("/contoso/_apis/projects")).Status.ShouldBe(200);
    }
}
