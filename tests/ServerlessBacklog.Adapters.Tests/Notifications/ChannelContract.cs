using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

/// <summary>What every channel does, whatever it speaks: judged over real sockets, with a service that is played on this machine. Inherit it for a new one.</summary>
public abstract class ChannelContract : IAsyncLifetime
{
    /// <summary>Stands in every secret of the settings.</summary>
    protected const string Secret = "s3cr3t-w0rd-9f8e7d";

    protected static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private protected static readonly NotificationHttp Http = new(TimeSpan.FromSeconds(10));

    private protected abstract IPlayedService Service { get; }

    private protected abstract INotificationChannel Channel { get; }

    /// <summary>Nothing listens there.</summary>
    private protected abstract INotificationChannel Unreached { get; }

    /// <summary>An address that is taken.</summary>
    protected abstract string Address { get; }

    /// <summary>Addresses that may not be sent to.</summary>
    protected abstract IEnumerable<string> Foreign { get; }

    /// <summary>Null where the protocol cannot say it.</summary>
    protected abstract TimeSpan? RetryAfter { get; }

    public abstract ValueTask InitializeAsync();

    [Fact]
    public async Task A_digest_is_sent_once()
    {
        Channel.WhyNot.ShouldBeNull();
        Channel.WhyRefused(Address).ShouldBeNull();

        (await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop)).ShouldBe(new SendResult(SendOutcome.Sent));

        Service.Arrived.ShouldBe(1);
    }

    [Fact]
    public async Task A_foreign_or_unknown_address_is_refused_before_anything_is_sent()
    {
        foreach (var address in Foreign)
        {
            Channel.WhyRefused(address).ShouldNotBeNull().ShouldNotContain(Secret);
            (await Channel.SendAsync(address, FakeDigests.Of(DigestKind.Manager), Stop)).Outcome.ShouldBe(SendOutcome.Refused);
        }

        Service.Arrived.ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_is_gone_is_refused()
    {
        Service.Mood = Mood.Gone;

        var result = await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop);

        result.Outcome.ShouldBe(SendOutcome.Refused);
        result.Why.ShouldNotBeNull();
        result.IsGone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_service_that_has_too_much_to_do_is_asked_again_when_it_wants()
    {
        Service.Mood = Mood.Busy;

        var result = await Channel.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop);

        result.Outcome.ShouldBe(SendOutcome.Later);
        result.RetryAfter.ShouldBe(RetryAfter);
    }

    [Fact]
    public async Task A_service_that_is_not_reached_is_asked_again() =>
        (await Unreached.SendAsync(Address, FakeDigests.Of(DigestKind.Manager), Stop)).Outcome.ShouldBe(SendOutcome.Later);

    [Fact]
    public async Task A_connection_that_is_cut_after_the_message_leaves_it_unknown_and_it_is_never_sent_again()
    {
        Service.Mood = Mood.CutsOff;
        using var driver = new NotificationDriver(null, Channel);
        await driver.WantAsync($"{Channel.Name}:{Address}", DigestKind.Team);

        for (var i = 0; i < 8; i++)
        {
            await driver.RunAsync();
            driver.Time.Advance(TimeSpan.FromMinutes(30));
        }

        (await driver.RowAsync()).State.ShouldBe(SendState.Unknown);
        Service.Arrived.ShouldBe(1);
    }

    [Fact]
    public async Task Secrets_stand_in_no_log_no_row_and_no_alarm()
    {
        foreach (var mood in Enum.GetValues<Mood>())
        {
            Service.Mood = mood;
            using var driver = new NotificationDriver(null, Channel);
            foreach (var address in Foreign.Where(f => NotificationAddress.TryParse($"{Channel.Name}:{f}", out _)).Append(Address))
                await driver.WantAsync($"{Channel.Name}:{address}", DigestKind.Team);

            await driver.RunAsync();

            var said = string.Join('\n', (await driver.RowsAsync()).Select(r => $"{r} {r.Why}").Concat((await driver.Alarms.ListAsync(Stop)).Select(a => a.Text)).Append(driver.Log.All));
            said.ShouldNotContain(Secret);
            driver.Log.All.ShouldNotContain("@example.com");
        }
    }

    [Fact]
    public async Task A_digest_that_is_far_too_large_and_full_of_marks_is_cut_and_sent()
    {
        var hostile = $"<!channel> <b>&</b> @everyone \u202Eדג\u05D4 🎉 {new string('x', 5_000)}\r\nBcc: eve@example.com";
        var digest = FakeDigests.Of(DigestKind.Manager, hostile) with
        {
            Sections = [.. Enumerable.Range(0, 60).Select(i => new DigestSection(hostile) { Lines = [hostile, hostile], Items = [new DigestItem($"#{i}", hostile, new Uri("https://github.com/owner/repo/issues/1"), hostile)] })],
        };

        (await Channel.SendAsync(Address, digest, Stop)).Outcome.ShouldBe(SendOutcome.Sent);

        Service.Arrived.ShouldBe(1);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Service.DisposeAsync();
    }
}
