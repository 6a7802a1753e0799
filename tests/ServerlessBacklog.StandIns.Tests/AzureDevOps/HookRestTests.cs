using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class HookRestTests : AzureDevOpsTests
{
    private const string Subscriptions = "/contoso/_apis/hooks/subscriptions";

    internal override AzureDevOpsStandInOptions Options => base.Options with
    {
        Tokens = new Dictionary<string, string> { ["bot-pat"] = "backlog.bot@contoso.com", ["viewer-pat"] = "viewer@contoso.com", ["stranger-pat"] = "stranger@contoso.com" },
        MayNotEditHooks = new HashSet<string> { "viewer@contoso.com", "stranger@contoso.com" },
        MayNotViewHooks = new HashSet<string> { "stranger@contoso.com" },
    };

    [Fact]
    public async Task A_subscription_is_replaced_and_enabled_and_keeps_what_comes_back_masked()
    {
        var id = await CreateAsync("old-secret");
        await DevOps.SetSubscriptionStatusAsync("Shop", "disabledByUser");
        Clock.Advance(TimeSpan.FromMinutes(5));

        var masked = await Bot.SendAsync(HttpMethod.Put, $"{Subscriptions}/{id}?{Api}", await BodyAsync("********", "new-password"), "application/json");
        await ItemAsync("1");
        await DevOps.DrainAsync();

        masked.Status.ShouldBe(200, masked.Text);
        masked.Json["status"]!.ToString().ShouldBe("enabled");
        masked.Json["modifiedDate"]!.ToString().ShouldBe("2026-03-01T12:05:00Z");
        masked.Text.ShouldNotContain("new-password");
        var call = Receiver.Calls.ShouldHaveSingleItem();
        call.Headers["X-Backlog-Secret"].ShouldBe("old-secret");
        call.Headers["Authorization"].ShouldBe(Basic("new-password").ToString());
    }

    [Fact]
    public async Task The_history_tells_what_came_back_newest_first_and_no_secret()
    {
        var id = await CreateAsync("old-secret");
        await ItemAsync("1");
        await DevOps.DrainAsync();
        Receiver.Status = 401;
        await ItemAsync("2");
        await DevOps.DrainAsync();

        var history = await GetAsync($"{Subscriptions}/{id}/notifications?{Api}");
        var failed = await GetAsync($"{Subscriptions}/{id}/notifications?result=failed&maxResults=5&{Api}");

        history["value"]!.AsArray().Select(n => n!["result"]!.ToString()).ShouldBe(["failed", "succeeded"]);
        var newest = failed["value"]!.AsArray().ShouldHaveSingleItem()!;
        newest["status"]!.ToString().ShouldBe("completed");
        newest["details"]!["response"]!.ToString().ShouldStartWith("Status Code: 401");
        newest["details"]!["errorMessage"]!.ToString().ShouldBe("Unauthorized (401)");
        history.ToJsonString().ShouldNotContain("old-secret");
    }

    [Fact]
    public async Task Seeing_and_editing_are_rights_of_their_own()
    {
        var body = await BodyAsync("s", "s");

        var (viewer, stranger) = (Client(Basic("viewer-pat")), Client(Basic("stranger-pat")));

        (await viewer.GetAsync($"{Subscriptions}?{Api}")).Status.ShouldBe(200);
        (await viewer.PostAsync($"{Subscriptions}?{Api}", body)).Status.ShouldBe(403);
        (await stranger.GetAsync($"{Subscriptions}?{Api}")).Text.ShouldContain("TF50309");
    }

    private async Task<string> CreateAsync(string secret)
    {
        var made = await Bot.PostAsync($"{Subscriptions}?{Api}", await BodyAsync(secret, secret));
        made.Status.ShouldBe(200, made.Text);
        return made.Json["id"]!.ToString();
    }

    private async Task<JsonObject> BodyAsync(string header, string password) => new()
    {
        ["publisherId"] = "tfs",
        ["eventType"] = "workitem.created",
        ["consumerId"] = "webHooks",
        ["consumerActionId"] = "httpRequest",
        ["status"] = "enabled",
        ["publisherInputs"] = new JsonObject { ["projectId"] = (await GetAsync("/contoso/_apis/projects/Shop"))["id"]!.ToString() },
        ["consumerInputs"] = new JsonObject
        {
            ["url"] = Receiver.Address.ToString(), ["httpHeaders"] = $"X-Backlog-Secret:{header}", ["basicAuthUsername"] = "", ["basicAuthPassword"] = password,
        },
    };
}
