using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Notifications.Slack;
using ServerlessBacklog.Adapters.Notifications.Webhooks;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

/// <summary>What a channel does that sends to a webhook whose URL is a secret.</summary>
public abstract class WebhookChannelContract : ChannelContract
{
    private protected PlayedHttp Played { get; private set; } = null!;

    private protected override IPlayedService Service => Played;

    private protected override INotificationChannel Channel => On(Urls(new Uri(Played.Address, $"/services/{Secret}?sig={Secret}")));

    private protected override INotificationChannel Unreached => On(Urls(new Uri($"http://127.0.0.1:1/{Secret}")));

    protected override string Address => "team";

    protected override IEnumerable<string> Foreign => ["nobody", "evil", "plain", "under", "port", "user", "nonsense", "inside", ""];

    protected override TimeSpan? RetryAfter => TimeSpan.FromMinutes(2);

    /// <summary>A host that it sends to.</summary>
    protected abstract string GoodHost { get; }

    private protected abstract INotificationChannel On(IReadOnlyDictionary<string, string> urls);

    public override async ValueTask InitializeAsync() => Played = await PlayedHttp.StartAsync();

    [Fact]
    public void Hosts_of_the_service_are_taken() => On(new Dictionary<string, string> { ["x"] = $"https://{GoodHost}/a/{Secret}" }).WhyRefused("").ShouldBeNull();

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Played.Status = 307;

        (await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop)).Outcome.ShouldBe(SendOutcome.Refused);

        Played.Calls.ShouldHaveSingleItem().Path.ShouldContain("/services/");
    }

    [Fact]
    public void This_machine_is_foreign_unless_it_is_a_trial() =>
        new SlackChannel(new NotificationOptions { SlackWebhooks = Urls(Played.Address) }, Http).WhyRefused("team").ShouldNotBeNull();

    private Dictionary<string, string> Urls(Uri team) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["team"] = team.AbsoluteUri,
        ["evil"] = $"https://evil.example.com/{Secret}",
        ["plain"] = $"http://{GoodHost}/{Secret}",
        ["under"] = $"https://{GoodHost}.evil.example.com/{Secret}",
        ["port"] = $"https://{GoodHost}:8443/{Secret}",
        ["user"] = $"https://{GoodHost}@evil.example.com/{Secret}",
        ["nonsense"] = $"not a url {Secret}",
        ["inside"] = $"https://169.254.169.254/{Secret}",
    };
}

public sealed class TeamsChannelTests : WebhookChannelContract
{
    protected override string GoodHost => "prod-12.westeurope.logic.azure.com";

    private protected override INotificationChannel On(IReadOnlyDictionary<string, string> urls) => new TeamsChannel(new NotificationOptions { TeamsWebhooks = urls, AllowLoopback = true }, Http);

    [Fact]
    public async Task The_workflow_gets_one_card()
    {
        await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop);

        var body = Played.Calls.Single().Body;
        Encoding.UTF8.GetByteCount(body).ShouldBeLessThan(28 * 1024);
        JsonNode.Parse(body)!["attachments"]![0]!["contentType"]!.GetValue<string>().ShouldBe("application/vnd.microsoft.card.adaptive");
    }

    /// <summary>Teams has no buttons that answer: a link leads to the page that does.</summary>
    [Fact]
    public async Task A_question_comes_with_a_link_to_where_it_is_answered()
    {
        await Channel.SendAsync(Address, Questions.One, Stop);

        var card = JsonNode.Parse(Played.Calls.Single().Body)!["attachments"]![0]!["content"]!["body"]!.AsArray()[^1]!;
        card["actions"]![0]!["url"]!.GetValue<string>().ShouldBe("https://backlog.example.com/review/owner%2Frepo?item=github%3Aowner%2Frepo%2312&decision=d1");
    }
}

public sealed class SlackChannelTests : WebhookChannelContract
{
    protected override string GoodHost => "hooks.slack.com";

    private protected override INotificationChannel On(IReadOnlyDictionary<string, string> urls) =>
        new SlackChannel(new NotificationOptions { SlackWebhooks = urls, SlackSigningSecrets = [Secret], AllowLoopback = true }, Http);

    [Fact]
    public async Task A_question_comes_with_buttons_for_its_answer()
    {
        await Channel.SendAsync(Address, Questions.One, Stop);

        var buttons = JsonNode.Parse(Played.Calls.Single().Body)!["blocks"]!.AsArray()[^1]!;
        buttons["type"]!.GetValue<string>().ShouldBe("actions");
        buttons["elements"]!.AsArray().Select(e => e!["action_id"]!.GetValue<string>()).ShouldBe(["backlog-approve", "backlog-reject"]);
        SlackButtons.ReadAsk(buttons["elements"]![0]!["value"]!.GetValue<string>()).ShouldBe(new AskValue("owner/repo", "github:owner/repo#12", "d1"));
        SlackButtons.ReadAsk(buttons["block_id"]!.GetValue<string>()).ShouldBe(new AskValue("owner/repo", "github:owner/repo#12", "d1"));
    }

    [Fact]
    public async Task Where_no_button_would_be_heard_there_is_none()
    {
        var deaf = new SlackChannel(new NotificationOptions { SlackWebhooks = new Dictionary<string, string> { ["team"] = $"{Played.Address}" }, AllowLoopback = true }, Http);

        await deaf.SendAsync(Address, Questions.One, Stop);

        Played.Calls.Single().Body.ShouldNotContain("backlog-approve");
    }
}

internal static class Questions
{
    public static Digest One { get; } = FakeDigests.Of(DigestKind.Approval, "A question on owner/repo#12") with
    {
        Sections = [new DigestSection("What is asked") { Lines = ["priority P1"], Actions = [new DigestAction("Look at it and answer", new AskLink("owner/repo", new("github", "owner/repo", "12"), "d1").On(new Uri("https://backlog.example.com/")))] }],
    };
}
