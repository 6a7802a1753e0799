using Azure.Core;
using MimeKit;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Notifications.Email;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

public sealed class GraphChannelTests : ChannelContract
{
    private PlayedHttp graph = null!;

    private protected override IPlayedService Service => graph;

    private protected override INotificationChannel Channel => On(graph.Address);

    private protected override INotificationChannel Unreached => On(new Uri("http://127.0.0.1:1"));

    protected override string Address => "ada@example.com";

    protected override IEnumerable<string> Foreign => ["", "ada", "ada@example.com;eve@example.com"];

    protected override TimeSpan? RetryAfter => TimeSpan.FromMinutes(2);

    public override async ValueTask InitializeAsync() => graph = await PlayedHttp.StartAsync(
        taken: 202, gone: 400, why: """{"error":{"code":"ErrorInvalidRecipients","message":"At least one recipient is not valid: ada@example.com"}}""");

    [Fact]
    public async Task The_whole_message_goes_to_the_one_mailbox_as_Graph_wants_it()
    {
        await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager) with { Preferences = new Uri("https://backlog.example.com/x") }, Stop);

        var call = graph.Calls.ShouldHaveSingleItem();
        call.Path.ShouldBe("/v1.0/users/backlog%40example.com/sendMail".Replace("%40", "@", StringComparison.Ordinal));
        call.Authorization.ShouldBe($"Bearer {Secret}");
        call.Type.ShouldNotBeNull().ShouldStartWith("text/plain");
        using var bytes = new MemoryStream(Convert.FromBase64String(call.Body));
        var message = await MimeMessage.LoadAsync(bytes, Stop);
        message.To.ToString().ShouldBe("ada@example.com");
        message.Headers["List-Unsubscribe"].ShouldBe("<https://backlog.example.com/x>");
    }

    /// <summary>Then no address is at fault.</summary>
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_host_that_may_not_send_is_no_fault_of_the_address(int status)
    {
        graph.Status = status;

        var result = await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop);

        (result.Outcome, result.IsGone).ShouldBe((SendOutcome.Later, false));
    }

    [Theory]
    [InlineData(400, SendOutcome.Refused)]
    [InlineData(413, SendOutcome.Refused)]
    [InlineData(503, SendOutcome.Later)]
    [InlineData(500, SendOutcome.Unknown)]
    [InlineData(504, SendOutcome.Unknown)]
    public async Task Every_answer_is_one_of_four(int status, SendOutcome outcome)
    {
        graph.Status = status;

        (await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop)).Outcome.ShouldBe(outcome);
    }

    private static EmailChannel On(Uri address) => new(TimeProvider.System, new GraphMail(new GraphOptions("backlog@example.com", null, address), new Signed(), Http));

    private sealed class Signed : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Secret, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
