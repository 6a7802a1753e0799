using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

public sealed class NotificationDeskTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_digest_that_is_due_is_sent_once_in_its_window()
    {
        using var driver = new NotificationDriver();
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);

        await driver.RunAsync();
        driver.Time.Advance(TimeSpan.FromMinutes(15));
        await driver.RunAsync();

        driver.Email.Sent.ShouldHaveSingleItem().Address.ShouldBe("ada@example.com");
        (await driver.RowAsync()).ShouldSatisfyAllConditions(
            r => r.Key.ShouldBe("team/owner/repo/2026-12-01/email:ada@example.com"), r => r.State.ShouldBe(SendState.Sent), r => r.Digest.ShouldBeNull());

        driver.Time.Advance(TimeSpan.FromDays(1));
        await driver.RunAsync();
        driver.Email.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_programs_at_once_send_it_once()
    {
        using var driver = new NotificationDriver();
        for (var i = 0; i < 5; i++)
            await driver.WantAsync($"email:ada{i}@example.com", DigestKind.Team);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => driver.NewDesk().RunAsync(NotificationDriver.Backlog, Stop))));

        driver.Email.Sent.Select(s => s.Address).Order().ShouldBe(Enumerable.Range(0, 5).Select(i => $"ada{i}@example.com"));
    }

    [Fact]
    public async Task What_falls_into_quiet_hours_is_held_until_they_end_and_built_then()
    {
        using var driver = new NotificationDriver(new DateTimeOffset(2026, 12, 1, 20, 0, 0, TimeSpan.Zero));
        await driver.WantAsync(new SubscriberChoice { To = "email:ada@example.com", Digests = [DigestKind.Team], Hour = 20, QuietFrom = 19, QuietUntil = 7 });

        await driver.RunAsync();
        (await driver.RowAsync()).ShouldSatisfyAllConditions(r => r.State.ShouldBe(SendState.Held), r => r.NotBefore.ShouldBe(new DateTimeOffset(2026, 12, 2, 7, 0, 0, TimeSpan.Zero)));
        driver.Digests.Built.ShouldBeEmpty();
        driver.Time.Advance(TimeSpan.FromHours(10.5));
        await driver.RunAsync();
        driver.Email.Sent.ShouldBeEmpty();
        driver.Time.Advance(TimeSpan.FromHours(0.5));
        await driver.RunAsync();

        driver.Email.Sent.ShouldHaveSingleItem();
        driver.Digests.Built.ShouldBe([(DigestKind.Team, null, "2026-12-01")]);
    }

    [Fact]
    public async Task An_alert_at_night_is_told_in_the_morning_and_not_twice()
    {
        using var driver = new NotificationDriver(new DateTimeOffset(2026, 12, 4, 22, 0, 0, TimeSpan.Zero));
        await driver.WantAsync("slack:team", DigestKind.Alert);

        await driver.Desk.TellAsync(NotificationDriver.Backlog, FakeDigests.Of(DigestKind.Alert, "Two items are late"), "late-12", null, Stop);
        await driver.Desk.TellAsync(NotificationDriver.Backlog, FakeDigests.Of(DigestKind.Alert, "Two items are late"), "late-12", null, Stop);
        await driver.RunAsync();
        driver.Slack.Sent.ShouldBeEmpty();
        // Saturday and Sunday are quiet too.
        driver.Time.SetUtcNow(new DateTimeOffset(2026, 12, 7, 7, 3, 0, TimeSpan.Zero));
        await driver.RunAsync();
        await driver.RunAsync();

        driver.Slack.Sent.ShouldHaveSingleItem().Digest.Title.ShouldBe("Two items are late");
    }

    [Fact]
    public async Task A_channel_that_fails_or_hangs_keeps_no_other_from_its_messages()
    {
        using var driver = new NotificationDriver();
        var forever = new TaskCompletionSource<SendResult>();
        driver.Email.Answer = _ => forever.Task;
        driver.Slack.Answer = _ => throw new InvalidOperationException("secret-word");
        foreach (var to in (string[])["email:ada@example.com", "slack:a", "slack:b", "teams:a", "pigeon:post"])
            await driver.WantAsync(to, DigestKind.Team);

        var run = driver.RunAsync();
        await WaitUntilAsync(() => driver.Teams.Sent.Count == 1 && driver.Slack.Sent.Count == 2);
        run.IsCompleted.ShouldBeFalse();
        forever.SetResult(new SendResult(SendOutcome.Sent));
        await run;

        (await driver.RowsAsync()).ToDictionary(r => r.To, r => r.State).ShouldBe(
            new Dictionary<string, SendState> { ["email:ada@example.com"] = SendState.Sent, ["slack:a"] = SendState.Unknown, ["slack:b"] = SendState.Unknown, ["teams:a"] = SendState.Sent }, ignoreOrder: true);
        driver.Log.All.ShouldNotContain("secret-word");
        var alarms = (await driver.Alarms.ListAsync(Stop)).Select(a => a.Text).ToList();
        alarms.Count(a => a.Contains("may not have come", StringComparison.Ordinal)).ShouldBe(2, "nobody else would tell that those two may be lost");
        alarms.Single(a => a.Contains("'pigeon'", StringComparison.Ordinal)).ShouldNotContain("secret-word");
        alarms.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_nobody_knows_to_have_come_is_shown_as_unknown_and_never_sent_again()
    {
        using var driver = new NotificationDriver();
        driver.Email.Answer = _ => Task.FromResult(new SendResult(SendOutcome.Unknown, "It broke off."));
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);

        for (var i = 0; i < 20; i++)
        {
            await driver.RunAsync();
            driver.Time.Advance(TimeSpan.FromMinutes(15));
        }

        driver.Email.Sent.Count.ShouldBe(1);
        (await driver.RowAsync()).ShouldSatisfyAllConditions(r => r.State.ShouldBe(SendState.Unknown), r => r.Why.ShouldBe("It broke off."));
    }

    [Fact]
    public async Task A_program_that_dies_between_sending_and_writing_it_down_leaves_it_unknown()
    {
        using var driver = new NotificationDriver();
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);
        await driver.NewDesk(new DyingStore(driver.Store)).RunAsync(NotificationDriver.Backlog, Stop);
        (await driver.RowAsync()).State.ShouldBe(SendState.Pending);

        driver.Time.Advance(TimeSpan.FromMinutes(14));
        await driver.RunAsync();
        (await driver.RowAsync()).State.ShouldBe(SendState.Pending);
        driver.Time.Advance(TimeSpan.FromMinutes(1));
        await driver.RunAsync();
        await driver.RunAsync();

        (await driver.RowAsync()).State.ShouldBe(SendState.Unknown);
        driver.Email.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_row_is_written_before_anything_is_sent()
    {
        using var driver = new NotificationDriver();
        SendState? seen = null;
        driver.Email.Answer = async _ =>
        {
            seen = (await driver.RowAsync()).State;
            return new SendResult(SendOutcome.Sent);
        };
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);

        await driver.RunAsync();

        seen.ShouldBe(SendState.Pending);
    }

    [Fact]
    public async Task What_was_not_sent_is_tried_again_when_the_service_wants_and_not_for_ever()
    {
        using var driver = new NotificationDriver();
        driver.Email.Answer = _ => Task.FromResult(new SendResult(SendOutcome.Later, "Come again.", TimeSpan.FromHours(1)));
        await driver.WantAsync(new SubscriberChoice { To = "email:ada@example.com", Digests = [DigestKind.Team], QuietFrom = 0, QuietUntil = 0, Weekends = true });

        await driver.RunAsync();
        driver.Time.Advance(TimeSpan.FromMinutes(59));
        await driver.RunAsync();
        driver.Email.Sent.Count.ShouldBe(1);
        driver.Time.Advance(TimeSpan.FromMinutes(1));
        await driver.RunAsync();
        driver.Email.Sent.Count.ShouldBe(2);
        await driver.Subscriptions.StopAsync(NotificationDriver.Backlog, "email:other@example.com", DigestKind.Team, Stop);
        for (var i = 0; i < 40; i++)
        {
            driver.Time.Advance(TimeSpan.FromHours(2));
            await driver.RunAsync();
        }

        var given = (await driver.RowsAsync()).Single(r => r.Window == "2026-12-01");
        (given.State, given.Attempts).ShouldBe((SendState.GivenUp, Ledger.MostAttempts));
        (await driver.Alarms.ListAsync(Stop)).ShouldHaveSingleItem().Text.ShouldContain("could not be sent in 8 tries");
    }

    [Fact]
    public async Task An_address_that_refuses_for_good_is_left_alone_with_one_alarm_until_it_is_tried_by_hand()
    {
        using var driver = new NotificationDriver();
        driver.Email.Answer = _ => Task.FromResult(new SendResult(SendOutcome.Refused, "The mail server refused the recipient (550).") { IsGone = true });
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);
        for (var day = 0; day < 3; day++)
        {
            await driver.RunAsync();
            driver.Time.Advance(TimeSpan.FromDays(1));
        }

        driver.Email.Sent.Count.ShouldBe(1);
        (await driver.Store.PausedAsync(Stop)).ShouldHaveSingleItem().To.ShouldBe("email:ada@example.com");
        var alarm = (await driver.Alarms.ListAsync(Stop)).ShouldHaveSingleItem();
        alarm.Key.ShouldNotContain("ada");
        alarm.Text.ShouldContain("backlog notifications test email:ada@example.com");

        driver.Email.Answer = _ => Task.FromResult(new SendResult(SendOutcome.Sent));
        (await driver.Desk.TestAsync("email:ada@example.com", Stop)).Outcome.ShouldBe(SendOutcome.Sent);
        (await driver.Alarms.ListAsync(Stop)).ShouldBeEmpty();
        await driver.RunAsync();
        driver.Email.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_address_that_the_channel_does_not_take_is_refused_and_nothing_is_sent()
    {
        using var driver = new NotificationDriver();
        driver.Slack.Refuses = _ => "The setting points to a foreign host.";
        await driver.WantAsync("slack:team", DigestKind.Team);

        await driver.RunAsync();

        driver.Slack.Sent.ShouldBeEmpty();
        (await driver.RowAsync()).State.ShouldBe(SendState.Refused);
    }

    [Fact]
    public async Task A_channel_that_is_not_set_up_gets_what_was_due_once_it_is()
    {
        using var driver = new NotificationDriver();
        driver.Slack.WhyNot = "No webhook is set.";
        await driver.WantAsync("slack:team", DigestKind.Team, DigestKind.Alert);
        await driver.Desk.TellAsync(NotificationDriver.Backlog, FakeDigests.Of(DigestKind.Alert), "cause", null, Stop);
        await driver.RunAsync();
        (await driver.Alarms.ListAsync(Stop)).ShouldHaveSingleItem().Text.ShouldContain("No webhook is set.");

        driver.Slack.WhyNot = null;
        await driver.RunAsync();

        driver.Slack.Sent.Select(s => s.Digest.Kind).Order().ShouldBe([DigestKind.Team, DigestKind.Alert]);
        (await driver.Alarms.ListAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_personal_digest_is_of_the_person_and_those_who_get_the_same_get_it_built_once()
    {
        using var driver = new NotificationDriver();
        await driver.WantAsync("email:ada@example.com", DigestKind.Personal, DigestKind.Team);
        await driver.WantAsync(new SubscriberChoice { To = "slack:team", Digests = [DigestKind.Team, DigestKind.Personal] });

        await driver.RunAsync();

        driver.Digests.Built.Order().ShouldBe([(DigestKind.Team, null, "2026-12-01"), (DigestKind.Personal, "ada", "2026-12-01")]);
        driver.Slack.Sent.ShouldHaveSingleItem().Digest.Kind.ShouldBe(DigestKind.Team);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_say_nothing_is_said_and_nobody_asks_again_in_that_window()
    {
        using var driver = new NotificationDriver();
        driver.Digests.HasNothing = true;
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);

        await driver.RunAsync();
        await driver.RunAsync();

        driver.Digests.Built.Count.ShouldBe(1);
        driver.Email.Sent.ShouldBeEmpty();
        (await driver.RowAsync()).State.ShouldBe(SendState.Nothing);
    }

    [Fact]
    public async Task Whoever_says_no_while_a_message_is_held_does_not_get_it()
    {
        using var driver = new NotificationDriver(new DateTimeOffset(2026, 12, 1, 22, 0, 0, TimeSpan.Zero));
        await driver.WantAsync("email:ada@example.com", DigestKind.Alert);
        await driver.Desk.TellAsync(NotificationDriver.Backlog, FakeDigests.Of(DigestKind.Alert), "cause", null, Stop);
        await driver.Subscriptions.StopAsync(NotificationDriver.Backlog, "email:ada@example.com", DigestKind.Alert, Stop);

        driver.Time.Advance(TimeSpan.FromHours(12));
        await driver.RunAsync();

        driver.Email.Sent.ShouldBeEmpty();
        (await driver.RowAsync()).State.ShouldBe(SendState.Nothing);
    }

    [Fact]
    public async Task A_person_may_have_what_is_unknown_sent_again()
    {
        using var driver = new NotificationDriver();
        driver.Email.Answer = _ => Task.FromResult(new SendResult(SendOutcome.Unknown, "It broke off."));
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);
        await driver.RunAsync();
        driver.Email.Answer = _ => Task.FromResult(new SendResult(SendOutcome.Sent));

        var key = (await driver.RowAsync()).Key;
        (await driver.Desk.RetryAsync(NotificationDriver.Backlog, key, Stop)).ShouldBe(SendState.Sent);

        driver.Email.Sent.Count.ShouldBe(2);
        await Should.ThrowAsync<UserErrorException>(() => driver.Desk.RetryAsync(NotificationDriver.Backlog, key, Stop));
        await Should.ThrowAsync<UserErrorException>(() => driver.Desk.RetryAsync(NotificationDriver.Backlog, "no such", Stop));
    }

    [Fact]
    public async Task Mails_hold_a_link_to_stop_them_and_channels_of_many_do_not()
    {
        using var driver = new NotificationDriver();
        await driver.WantAsync("email:ada@example.com", DigestKind.Team);
        await driver.WantAsync("slack:team", DigestKind.Team);

        await driver.RunAsync();

        driver.Email.Sent.Single().Digest.Preferences.ShouldNotBeNull().AbsoluteUri.ShouldSatisfyAllConditions(
            u => u.ShouldStartWith("https://backlog.example.com/hooks/unsubscribe?backlog=owner%2Frepo&kind=team&seal="), u => u.ShouldNotContain("ada"));
        driver.Slack.Sent.Single().Digest.Preferences.ShouldBeNull();
    }

    private static async Task WaitUntilAsync(Func<bool> done)
    {
        for (var i = 0; i < 500 && !done(); i++)
            await Task.Delay(20, Stop);
        done().ShouldBeTrue();
    }

    /// <summary>Dies when it is to write down what became of a message.</summary>
    private sealed class DyingStore(INotificationStore store) : INotificationStore
    {
        public Task<Sending?> BeginAsync(string backlog, Sending sending, CancellationToken cancellation) => store.BeginAsync(backlog, sending, cancellation);

        public Task<Sending?> ReplaceAsync(string backlog, Sending sending, CancellationToken cancellation) => throw new IOException("gone");

        public Task<Sending?> FindAsync(string backlog, string key, CancellationToken cancellation) => store.FindAsync(backlog, key, cancellation);

        public Task<IReadOnlyList<Sending>> OpenAsync(string backlog, CancellationToken cancellation) => store.OpenAsync(backlog, cancellation);

        public Task<IReadOnlyList<Sending>> LatestAsync(string backlog, int most, CancellationToken cancellation) => store.LatestAsync(backlog, most, cancellation);

        public Task PurgeAsync(string backlog, DateTimeOffset before, CancellationToken cancellation) => store.PurgeAsync(backlog, before, cancellation);

        public Task SaveChoiceAsync(string backlog, SubscriberChoice choice, CancellationToken cancellation) => store.SaveChoiceAsync(backlog, choice, cancellation);

        public Task<IReadOnlyList<SubscriberChoice>> ChoicesAsync(string backlog, CancellationToken cancellation) => store.ChoicesAsync(backlog, cancellation);

        public Task PauseAsync(PausedAddress paused, CancellationToken cancellation) => store.PauseAsync(paused, cancellation);

        public Task ResumeAsync(string to, CancellationToken cancellation) => store.ResumeAsync(to, cancellation);

        public Task<IReadOnlyList<PausedAddress>> PausedAsync(CancellationToken cancellation) => store.PausedAsync(cancellation);

        public Task<byte[]> LinkKeyAsync(CancellationToken cancellation) => store.LinkKeyAsync(cancellation);
    }
}
