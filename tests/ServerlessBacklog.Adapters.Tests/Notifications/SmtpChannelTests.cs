using MimeKit;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Notifications.Email;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

public sealed class SmtpChannelTests : ChannelContract
{
    private PlayedMail mail = null!;

    private protected override IPlayedService Service => mail;

    private protected override INotificationChannel Channel => On(mail.Port);

    private protected override INotificationChannel Unreached => On(1);

    protected override string Address => "ada@example.com";

    protected override IEnumerable<string> Foreign => ["", "ada", "@example.com", "ada@example.com, eve@example.com", "ada@example.com\r\nBcc: eve@example.com", "ada@exa mple.com"];

    protected override TimeSpan? RetryAfter => null;

    public override ValueTask InitializeAsync()
    {
        mail = PlayedMail.Start();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_mail_has_a_text_a_page_its_pictures_and_a_way_to_stop_it()
    {
        var digest = FakeDigests.Of(DigestKind.Manager, "Ünd 🎉 the week\r\nBcc: eve@example.com") with { Preferences = new Uri($"https://backlog.example.com/hooks/unsubscribe?backlog={new string('b', 120)}&kind=manager&seal=0123456789abcdef") };

        await Channel.SendAsync(Address, digest, Stop);

        var message = mail.Messages.ShouldHaveSingleItem();
        message.Subject.ShouldStartWith("Ünd 🎉 the week");
        message.Bcc.ShouldBeEmpty();
        message.To.Mailboxes.ShouldHaveSingleItem().Address.ShouldBe("ada@example.com");
        message.Headers["List-Unsubscribe"].ShouldBe($"<{digest.Preferences.AbsoluteUri}>");
        message.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        message.TextBody.ShouldNotBeNull().ShouldContain("12 items are open.");
        message.HtmlBody.ShouldNotBeNull().ShouldContain("12 items are open.");
        var body = message.Body.ShouldBeOfType<MultipartAlternative>();
        var pictures = body[1].ShouldBeOfType<MultipartRelated>().OfType<MimePart>().Where(p => p.ContentType.IsMimeType("image", "png")).ToList();
        pictures.ShouldNotBeEmpty();
        pictures.ShouldAllBe(p => message.HtmlBody.Contains($"cid:{p.ContentId}"));
    }

    [Fact]
    public async Task Without_a_link_there_is_no_header_for_it()
    {
        await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop);

        mail.Messages.ShouldHaveSingleItem().Headers.Contains("List-Unsubscribe").ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_elsewhere_that_offers_no_encryption_is_given_nothing()
    {
        // Its own name is no loopback name, though it leads here.
        var channel = new EmailChannel(TimeProvider.System, new SmtpMail(new SmtpOptions(System.Net.Dns.GetHostName(), mail.Port, "backlog@example.com", "u", Secret), TimeSpan.FromSeconds(5)));

        var result = await channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop);

        result.Outcome.ShouldBe(SendOutcome.Later);
        mail.Arrived.ShouldBe(0);
    }

    private static EmailChannel On(int port) => new(TimeProvider.System, new SmtpMail(new SmtpOptions("127.0.0.1", port, "ServerlessBacklog <backlog@example.com>", null, Secret), TimeSpan.FromSeconds(10)));
}
