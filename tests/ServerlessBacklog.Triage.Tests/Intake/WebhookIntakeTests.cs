using System.Text;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Intake;

public class WebhookIntakeTests
{
    private readonly IntakeDriver driver = new();

    [Fact]
    public async Task A_genuine_call_is_stored_as_pending_before_it_is_answered()
    {
        var received = await driver.ReceiveAsync("github:owner/repo#1 Crash on save");

        received.Reply.Status.ShouldBe(202);
        var pending = (await driver.PendingAsync()).ShouldHaveSingleItem();
        (pending.Tracker, pending.Backlog, pending.Item, pending.ReceivedAt).ShouldBe(("github", "owner/repo", An.Ref(1), An.Instant));
        Encoding.UTF8.GetString(pending.Body.Span).ShouldBe("github:owner/repo#1 Crash on save");
        driver.Client.Asked.ShouldBeEmpty();
        (await driver.ItemAsync(1)).ShouldBeNull("Items are stored when the delivery is started.");
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("wrong", 401)]
    public async Task A_call_that_does_not_prove_itself_is_refused_and_leaves_nothing(string? secret, int status)
    {
        var received = await driver.ReceiveAsync("github:owner/repo#1 Crash", secret: secret);

        received.Reply.Status.ShouldBe(status);
        Json(received).ShouldNotContain("Crash");
        (await driver.Deliveries.RecentAsync(10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_taken_in_and_the_answer_says_what_to_do()
    {
        driver.Hooks.IsConfigured = false;

        var received = await driver.ReceiveAsync("github:owner/repo#1 Crash");

        received.Reply.Status.ShouldBe(403);
        Json(received).ShouldContain("Set one");
    }

    [Fact]
    public async Task A_tracker_without_webhooks_is_told_which_there_are()
    {
        var received = await driver.ReceiveAsync("github:owner/repo#1 Crash", tracker: "jira");

        received.Reply.Status.ShouldBe(404);
        Json(received).ShouldContain("/hooks/github");
    }

    [Fact]
    public async Task The_name_in_the_path_is_read_whatever_its_case() =>
        (await driver.ReceiveAsync("github:owner/repo#1 Crash", tracker: "GitHub")).Pending.ShouldNotBeNull().Tracker.ShouldBe("github");

    [Fact]
    public async Task What_cannot_be_understood_is_answered_with_what_was_expected()
    {
        var received = await driver.ReceiveAsync("nonsense");

        received.Reply.Status.ShouldBe(400);
        Json(received).ShouldContain("tracker:project#number");
        Json(received).ShouldNotContain("nonsense");
    }

    [Fact]
    public async Task A_delivery_that_comes_again_is_known()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        var again = await driver.ReceiveAsync("github:owner/repo#1 Crash");

        (again.Reply.Status, again.Pending).ShouldBe((202, null));
        Json(again).ShouldContain("repeated");
        (await driver.PendingAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_event_under_another_id_is_known()
    {
        driver.Hooks.Shape = told => told with { ContentKey = "issues 1 12:00" };
        await driver.ReceiveAsync("github:owner/repo#1 Crash", id: "app");

        var twin = await driver.ReceiveAsync("github:owner/repo#1 Crash", id: "repository");

        twin.Pending.ShouldBeNull();
        (await driver.PendingAsync()).ShouldHaveSingleItem().Id.ShouldBe("app");
    }

    [Theory]
    [InlineData(EventKind.Ignored, 200, "ignored")]
    [InlineData(EventKind.Access, 200, "ignored")]
    [InlineData(EventKind.Unknown, 200, "unknown event")]
    public async Task What_needs_no_triage_is_acknowledged(EventKind kind, int status, string result)
    {
        driver.Hooks.Shape = told => told with { Kind = kind };

        var received = await driver.ReceiveAsync("github:owner/repo#1 Crash");

        received.Reply.Status.ShouldBe(status);
        Json(received).ShouldContain(result);
        (await driver.PendingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_events_are_counted_by_name()
    {
        driver.Hooks.Shape = told => told with { Kind = EventKind.Unknown, Name = "gollum" };
        foreach (var id in new[] { "1", "2", "2" })
            await driver.ReceiveAsync("github:owner/repo#1", id);

        (await driver.Deliveries.CountAsync(CancellationToken.None)).Unknown.ShouldBe(new Dictionary<string, int> { ["gollum"] = 2 });
    }

    [Fact]
    public async Task A_trial_call_is_answered_and_not_stored()
    {
        driver.Hooks.Shape = told => told with { Kind = EventKind.Ping };

        (await driver.ReceiveAsync("github:owner/repo#1")).Reply.Status.ShouldBe(200);

        (await driver.Deliveries.RecentAsync(10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Signatures_and_secrets_are_not_kept()
    {
        await driver.ReceiveAsync("github:owner/repo#1 Crash");

        (await driver.PendingAsync()).Single().Headers.Keys.ShouldBe(["X-GitHub-Event", "X-GitHub-Delivery"], ignoreOrder: true);
    }

    private static string Json(Triage.Intake.Received received) => Encoding.UTF8.GetString(received.Reply.ToJson());
}
