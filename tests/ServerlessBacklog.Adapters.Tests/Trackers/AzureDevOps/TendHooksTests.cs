using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class TendHooksTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly string[] Projects = ["contoso/Web Shop", "contoso/Other", "github-like"];

    [Theory]
    [InlineData("onProbation", "on probation")]
    [InlineData("disabledBySystem", "failed for too long")]
    [InlineData("disabledByUser", "by a person")]
    [InlineData("disabledByInactiveIdentity", "Create it anew")]
    public async Task A_hook_in_trouble_raises_an_alarm_that_says_what_to_do(string status, string words)
    {
        await using var azure = await WithAsync(Hook("s1", status));
        using var tracker = azure.Tracker();

        var report = await tracker.TendHooksAsync(Projects, None);

        var alarm = report.Alarms.ShouldHaveSingleItem();
        alarm.Key.ShouldBe("azuredevops:contoso:hook:s1");
        alarm.Text.ShouldContain(words);
        alarm.Since.ShouldBe(An.Instant);
        azure.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hook_that_works_clears_its_alarm_and_hooks_of_others_are_not_looked_at()
    {
        await using var azure = await WithAsync(
            Hook("ours", "enabled"),
            Hook("queue", "onProbation", consumer: "azureStorageQueue", queue: "hooks"),
            Hook("theirs", "disabledBySystem", url: "https://elsewhere.example/other"),
            Hook("slack", "disabledBySystem", consumer: "slack"),
            Hook("theirqueue", "disabledBySystem", consumer: "azureStorageQueue", queue: "else"));
        using var tracker = azure.Tracker(o => o with { HookQueue = "hooks" });

        var report = await tracker.TendHooksAsync(Projects, None);

        report.Alarms.Select(a => a.Key).ShouldBe(["azuredevops:contoso:hook:queue"]);
        report.Cleared.ShouldBe(["azuredevops:contoso:hooks", "azuredevops:contoso:hook:ours"]);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(401)]
    public async Task Without_the_right_to_look_one_alarm_names_the_permission(int status)
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure.On("GET", "/contoso/_apis/hooks/subscriptions", _ => Reply.Error(status, "TF50309: needs ViewSubscriptions"));
        using var tracker = azure.Tracker();

        var report = await tracker.TendHooksAsync(Projects, None);

        var alarm = report.Alarms.ShouldHaveSingleItem();
        alarm.Key.ShouldBe("azuredevops:contoso:hooks");
        alarm.Text.ShouldContain("'View subscriptions'");
        report.Cleared.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_token_nobody_is_asked()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        using var tracker = azure.Tracker(o => o with { Token = null });

        (await tracker.TendHooksAsync(Projects, None)).Alarms.ShouldBeEmpty();
        azure.Calls.ShouldBeEmpty();
    }

    private static async Task<ScriptedAzure> WithAsync(params object[] hooks) =>
        (await ScriptedAzure.StartAsync()).On("GET", "/contoso/_apis/hooks/subscriptions", _ => Reply.List(hooks));

    private static object Hook(string id, string status, string consumer = "webHooks", string url = "https://backlog.example/hooks/azuredevops", string? queue = null) =>
        new { id, status, publisherId = "tfs", eventType = "workitem.updated", consumerId = consumer, consumerInputs = new { url, queueName = queue } };
}
