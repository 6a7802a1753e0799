using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public sealed class HookTendingTests : IDisposable
{
    private readonly RSA key = RSA.Create(2048);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2024, 3, 5, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => key.Dispose();

    [Fact]
    public async Task A_delivery_that_never_arrived_is_asked_for_once()
    {
        await using var server = await StartAsync(
            Delivery(6, "b", 200, "2024-03-05T11:50:00Z"), Delivery(5, "a", 502, "2024-03-05T11:40:00Z"),
            Delivery(4, "b", 500, "2024-03-05T11:30:00Z"), Delivery(3, "a", 502, "2024-03-05T11:20:00Z"), Delivery(2, "c", 202, "2024-03-05T11:00:00Z"));
        server.On("POST /app/hook/deliveries/5/attempts", _ => new Answer(202, new { }));

        (await TendAsync(App(server))).Redelivered.ShouldBe(1);

        server.Asked.Where(a => a.EndsWith("/attempts", StringComparison.Ordinal)).ShouldBe(["POST /app/hook/deliveries/5/attempts"]);
    }

    [Fact]
    public async Task Pages_are_followed_until_three_days_back()
    {
        await using var server = await StartAsync();
        server.On("GET /app/hook/deliveries", c => c.Query switch
        {
            var q when q.Contains("cursor=1", StringComparison.Ordinal) => Answer.Of(
                new JsonArray(Delivery(2, "b", 500, "2024-03-03T00:00:00Z"), Delivery(1, "c", 500, "2024-03-02T11:00:00Z")), Next(server, "cursor=2")),
            var q when q.Contains("cursor=2", StringComparison.Ordinal) => new Answer(500, new { message = "too far" }),
            _ => Answer.Of(new JsonArray(Delivery(3, "a", 500, "2024-03-05T00:00:00Z")), Next(server, "cursor=1")),
        });
        server.On("POST /app/hook/deliveries/3/attempts", _ => new Answer(202, null)).On("POST /app/hook/deliveries/2/attempts", _ => new Answer(202, null));

        (await TendAsync(App(server))).Redelivered.ShouldBe(2);
    }

    [Fact]
    public async Task A_delivery_that_fails_time_and_again_is_left_alone()
    {
        await using var server = await StartAsync([.. Enumerable.Range(1, 10).Select(n => Delivery(n, "a", 500, $"2024-03-05T{n:00}:00:00Z"))]);

        (await TendAsync(App(server))).Redelivered.ShouldBe(0);
    }

    [Fact]
    public async Task An_installation_that_is_gone_or_suspended_is_an_alarm_until_it_is_back()
    {
        await using var server = await StartAsync();
        server.On("GET /repos/octo/gone/installation", new { message = "Not Found" }, 404)
            .On("GET /repos/octo/asleep/installation", new { id = 6, suspended_at = "2024-03-05T00:00:00Z" });

        var report = await TendAsync(App(server), "octo/lab", "octo/gone", "octo/asleep");

        report.Alarms.Select(a => a.Key).ShouldBe(["github:installation:octo/gone", "github:installation:octo/asleep"]);
        report.Alarms[0].Text.ShouldContain("Install it again");
        report.Alarms[1].Text.ShouldContain("Unsuspend it");
        report.Cleared.ShouldBe(["github:installation:octo/lab"]);
    }

    [Fact]
    public async Task With_a_token_the_hooks_that_point_here_are_looked_after()
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab/hooks", _ => Answer.Of(new JsonArray(
                Hook(1, "https://backlog.example/hooks/github", true), Hook(2, "https://other.example/ci", true), Hook(3, "https://backlog.example/hooks/github/", false))))
            .On("GET /repos/octo/lab/hooks/1/deliveries", _ => Answer.Of(new JsonArray(Delivery(5, "a", 0, "2024-03-05T11:00:00Z"))))
            .On("GET /repos/octo/lab/hooks/3/deliveries", "[]")
            .On("POST /repos/octo/lab/hooks/1/deliveries/5/attempts", _ => new Answer(202, null));

        var report = await TendAsync(server.Tracker(time: time));

        report.Redelivered.ShouldBe(1);
        report.Alarms.ShouldHaveSingleItem().Key.ShouldBe("github:hook:octo/lab:3");
        report.Cleared.ShouldBe(["github:hook:octo/lab:1"]);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_token_that_may_not_read_hooks_has_nothing_to_look_after(int status)
    {
        await using var server = await ScriptedGitHub.StartAsync();
        server.On("GET /repos/octo/lab/hooks", new { message = "Not Found" }, status);

        var report = await TendAsync(server.Tracker(time: time));

        (report.Redelivered, report.Alarms.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_asked()
    {
        await using var server = await ScriptedGitHub.StartAsync();

        (await TendAsync(server.Anonymous())).ShouldBe(HookReport.Nothing);
        server.Calls.ShouldBeEmpty();
    }

    private GitHubTracker App(ScriptedGitHub server) =>
        server.Tracker(server.Options with { Token = null, AppId = "1", PrivateKey = key.ExportRSAPrivateKeyPem() }, time);

    private static async Task<ScriptedGitHub> StartAsync(params JsonObject[] deliveries) => (await ScriptedGitHub.StartAsync())
        .On("GET /repos/octo/lab/installation", new { id = 5, suspended_at = (string?)null })
        .On("GET /app/hook/deliveries", _ => Answer.Of(new JsonArray([.. deliveries.Select(d => d.DeepClone())])));

    private static Task<HookReport> TendAsync(GitHubTracker tracker, params string[] projects) =>
        tracker.TendHooksAsync(projects.Length == 0 ? ["octo/lab"] : projects, CancellationToken.None);

    private static string Next(ScriptedGitHub server, string cursor) => $"""<{server.Base}/app/hook/deliveries?per_page=100&{cursor}>; rel="next" """;

    private static JsonObject Delivery(long id, string guid, int status, string at) => new()
    {
        ["id"] = id, ["guid"] = guid, ["status_code"] = status, ["status"] = status is 200 or 202 ? "OK" : "failed", ["delivered_at"] = at, ["redelivery"] = false,
    };

    private static JsonObject Hook(long id, string url, bool active) =>
        new() { ["id"] = id, ["active"] = active, ["config"] = new JsonObject { ["url"] = url } };
}
