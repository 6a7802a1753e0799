using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Notifications.Slack;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

public sealed class SlackChatTests : IDisposable
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string ReplyTo = "https://hooks.slack.com/commands/T1/2/3";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider time = new(An.Instant);
    private readonly NotificationHttp http = new(TimeSpan.FromSeconds(10));

    public void Dispose() => http.Dispose();

    /// <summary>The example of docs.slack.dev, "Verifying requests from Slack".</summary>
    [Fact]
    public void The_documented_signature_is_genuine()
    {
        const string body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        var signature = new SlackSignature(["another", Secret], new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1531420618)));

        signature.Verify("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", "1531420618", Encoding.UTF8.GetBytes(body)).ShouldBe(HookVerdict.Genuine);
    }

    [Theory]
    [InlineData(0, HookVerdict.Genuine)]
    [InlineData(-5, HookVerdict.Genuine)]
    [InlineData(-6, HookVerdict.Forged)]
    [InlineData(6, HookVerdict.Forged)]
    public void A_stamp_that_is_more_than_five_minutes_off_is_refused(int minutes, HookVerdict verdict)
    {
        var stamp = time.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        new SlackSignature([Secret], time).Verify(Sign("a=b", stamp), stamp, "a=b"u8).ShouldBe(verdict);
    }

    [Fact]
    public void What_is_not_signed_with_one_of_the_secrets_over_these_very_bytes_is_refused()
    {
        var stamp = Stamp();
        var good = Sign("a=b", stamp);
        var signature = new SlackSignature(["old", Secret], time);

        signature.Verify(good, stamp, "a=b"u8).ShouldBe(HookVerdict.Genuine);
        signature.Verify(good, stamp, "a=c"u8).ShouldBe(HookVerdict.Forged);
        signature.Verify(good, $"{long.Parse(stamp, CultureInfo.InvariantCulture) + 1}", "a=b"u8).ShouldBe(HookVerdict.Forged);
        foreach (var wrong in (string[])["v0=", good[..^1], good + "0", good.Replace("v0=", "v1=", StringComparison.Ordinal), $"v0={new string('z', 64)}", good[3..]])
            signature.Verify(wrong, stamp, "a=b"u8).ShouldBe(HookVerdict.Forged, wrong);
        foreach (var odd in (string[])["-1", "x", "99999999999999999999", "1e9", " 1"])
            signature.Verify(good, odd, "a=b"u8).ShouldBe(HookVerdict.Forged, odd);
        signature.Verify(null, stamp, "a=b"u8).ShouldBe(HookVerdict.Unproven);
        signature.Verify(good, null, "a=b"u8).ShouldBe(HookVerdict.Unproven);
        new SlackSignature([], time).Verify(good, stamp, "a=b"u8).ShouldBe(HookVerdict.NotConfigured);
    }

    [Fact]
    public void A_call_that_is_not_signed_is_answered_with_an_error_and_nothing_is_heard()
    {
        foreach (var (headers, status) in ((Func<string, string?>, int)[])[(_ => null, 401), (name => name == SlackSignature.Header ? "v0=00" : Stamp(), 401)])
        {
            var heard = Chat().Read(new HookRequest(headers, Encoding.UTF8.GetBytes("command=%2Fbacklog&user_id=U1&text=help")));
            (heard.Answer.Status, heard.Request).ShouldBe((status, null));
        }

        Chat(secrets: []).Read(Signed("command=%2Fbacklog&user_id=U1&text=help")).Answer.Status.ShouldBe(403);
    }

    [Fact]
    public void A_command_is_heard_with_who_said_it_and_the_same_call_has_the_same_key()
    {
        var call = Signed(Form(("command", "/backlog"), ("user_id", "U1"), ("text", " #12 pin P1 "), ("response_url", ReplyTo)));

        var request = Chat().Read(call).Request.ShouldNotBeNull();

        request.ShouldSatisfyAllConditions(
            r => (r.Channel, r.User, r.Act, r.Text).ShouldBe(("slack", "U1", ChatAct.Say, "#12 pin P1")), r => r.ReplyTo.ShouldBe(new Uri(ReplyTo)), r => r.At.ShouldBe(time.GetUtcNow()));
        Chat().Read(call).Request!.Key.ShouldBe(request.Key);
        Chat().Read(Signed(Form(("command", "/backlog"), ("user_id", "U1"), ("text", "#13 pin P1"), ("response_url", ReplyTo)))).Request!.Key.ShouldNotBe(request.Key);
    }

    [Theory]
    [InlineData("https://evil.example.com/x")]
    [InlineData("http://hooks.slack.com/x")]
    [InlineData("https://hooks.slack.com.evil.example.com/x")]
    [InlineData("https://hooks.slack.com:8443/x")]
    [InlineData("http://127.0.0.1/x")]
    [InlineData("nonsense")]
    public void Answers_go_to_Slack_alone(string address) =>
        Chat().Read(Signed(Form(("command", "/backlog"), ("user_id", "U1"), ("text", "help"), ("response_url", address)))).Request.ShouldNotBeNull().ReplyTo.ShouldBeNull();

    [Fact]
    public void Buttons_of_ours_are_heard_and_others_are_not()
    {
        var ask = """{"B":"owner/repo","I":"github:owner/repo#12","D":"d1"}""";
        var plan = """{"B":"owner/repo","I":"github:owner/repo#12","T":"token","U":"U1"}""";

        Pressed(new { action_id = SlackButtons.Approve, value = ask }).ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.Act.ShouldBe(ChatAct.Approve), r => (r.Backlog, r.Item, r.Decision).ShouldBe(("owner/repo", An.Ref(12), "d1")));
        Pressed(new { action_id = SlackButtons.Reject, block_id = ask, selected_option = new { value = "Not now" } }).ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.Act.ShouldBe(ChatAct.Reject), r => r.Because.ShouldBe("Not now"));
        Pressed(new { action_id = SlackButtons.Confirm, value = plan }).ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.Act.ShouldBe(ChatAct.Confirm), r => r.Text.ShouldBe("token"), r => r.PlannedFor.ShouldBe("U1"));
        Pressed(new { action_id = SlackButtons.Cancel, value = "-" }).ShouldNotBeNull().Act.ShouldBe(ChatAct.Cancel);
        Pressed(new { action_id = "open-What is asked-0" }).ShouldBeNull();
        Pressed(new { action_id = SlackButtons.Approve, value = "not json" }).ShouldBeNull();
        Pressed(new { action_id = SlackButtons.Approve, value = """{"B":"x","I":"no item","D":"d"}""" }).ShouldBeNull();
        Chat().Read(Signed("payload=%7B")).Answer.Status.ShouldBe(400);
        Chat().Read(Signed("payload=%7B%7D")).ShouldSatisfyAllConditions(h => h.Answer.Status.ShouldBe(200), h => h.Request.ShouldBeNull());
    }

    [Fact]
    public void Slack_is_answered_when_it_looks_whether_we_are_here()
    {
        Encoding.UTF8.GetString(Chat().Read(Signed("""{"type":"url_verification","challenge":"3eZbrw1a"}""")).Answer.ToBytes()).ShouldBe("""{"challenge":"3eZbrw1a"}""");
        Chat().Read(Signed("ssl_check=1&token=x")).ShouldSatisfyAllConditions(h => h.Answer.Status.ShouldBe(200), h => h.Request.ShouldBeNull());
        Chat().Read(Signed("{")).Answer.Status.ShouldBe(400);
        Chat().Read(Signed("a=b")).Answer.Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_reply_calls_nobody_and_a_plan_has_two_buttons_that_come_back()
    {
        await using var slack = await PlayedHttp.StartAsync();
        var request = Request(slack.Address);
        var reply = new ChatReply("**pin P1** on #12 <!channel> & <https://evil.example.com|x>") { Plan = new ChatPlanned("owner/repo", An.Ref(12), "token", "U1") };

        (await Chat(loopback: true).ReplyAsync(request, reply, Stop)).ShouldBeTrue();

        var message = JsonNode.Parse(slack.Calls.Single().Body)!;
        message["response_type"]!.GetValue<string>().ShouldBe("ephemeral");
        message["text"]!.GetValue<string>().ShouldBe("*pin P1* on #12 &lt;!channel&gt; &amp; &lt;https://evil.example.com|x&gt;");
        var value = message["blocks"]![1]!["elements"]![0]!["value"]!.GetValue<string>();
        Pressed(new { action_id = SlackButtons.Confirm, value }).ShouldNotBeNull().Text.ShouldBe("token");
    }

    [Fact]
    public async Task A_reply_that_is_far_too_long_is_cut()
    {
        await using var slack = await PlayedHttp.StartAsync();

        await Chat(loopback: true).ReplyAsync(Request(slack.Address), new ChatReply(string.Concat(Enumerable.Repeat("<&>", 4000))), Stop);

        var text = JsonNode.Parse(slack.Calls.Single().Body)!["text"]!.GetValue<string>();
        text.Length.ShouldBeLessThanOrEqualTo(3000);
        WebUtility.HtmlDecode(text).TrimEnd('…').ShouldAllBe(c => c == '<' || c == '&' || c == '>');
    }

    [Fact]
    public async Task A_reply_that_Slack_wants_later_is_given_later_and_one_to_a_foreign_host_never()
    {
        await using var slack = await PlayedHttp.StartAsync();
        slack.Mood = Mood.Busy;

        (await Chat(loopback: true).ReplyAsync(Request(slack.Address), new ChatReply("x"), Stop)).ShouldBeFalse();
        (await Chat().ReplyAsync(Request(slack.Address), new ChatReply("x"), Stop)).ShouldBeTrue();

        slack.Arrived.ShouldBe(1);
    }

    private ChatRequest? Pressed(object action) => Chat().Read(Signed(Form(("payload", JsonSerializer.Serialize(new { type = "block_actions", user = new { id = "U1" }, response_url = ReplyTo, actions = new[] { action } }))))).Request;

    private ChatRequest Request(Uri replyTo) => new() { Key = "k", Channel = "slack", User = "U1", Act = ChatAct.Say, At = time.GetUtcNow(), ReplyTo = replyTo };

    private SlackChat Chat(IReadOnlyList<string>? secrets = null, bool loopback = false) => new(new NotificationOptions { SlackSigningSecrets = secrets ?? [Secret], AllowLoopback = loopback }, http, time);

    private HookRequest Signed(string body)
    {
        var stamp = Stamp();
        var signature = Sign(body, stamp);
        return new HookRequest(name => name == SlackSignature.Header ? signature : name == SlackSignature.TimestampHeader ? stamp : null, Encoding.UTF8.GetBytes(body));
    }

    private static string Form(params (string Name, string Value)[] fields) => string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));

    private string Stamp() => time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Sign(string body, string stamp) => $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}")))}";
}
