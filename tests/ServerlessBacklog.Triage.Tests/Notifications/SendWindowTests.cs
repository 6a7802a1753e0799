using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Triage.Tests.Notifications;

public class SendWindowTests
{
    private static readonly Subscriber Berlin = new() { To = "email:ada@example.com", TimeZone = "Europe/Berlin" };

    [Theory]
    // Monday, 30 November 2026: eight in Berlin is seven in UTC.
    [InlineData("2026-11-30T06:59:00Z", null)]
    [InlineData("2026-11-30T07:00:00Z", "2026-W49")]
    [InlineData("2026-12-01T06:59:00Z", "2026-W49")]
    [InlineData("2026-12-01T07:00:00Z", null)]
    // Summer: six in UTC.
    [InlineData("2026-06-01T05:59:00Z", null)]
    [InlineData("2026-06-01T06:00:00Z", "2026-W23")]
    // The ISO week of a Monday in the last days of a year.
    [InlineData("2024-12-30T08:00:00Z", "2025-W01")]
    public void The_weekly_digest_is_due_for_a_day_from_its_hour_on_the_clock_of_whoever_reads_it(string now, string? window) =>
        SendWindow.Due(DigestKind.Manager, Berlin, At(now)).ShouldBe(window);

    [Theory]
    [InlineData("2026-12-01T06:59:00Z", null)]
    [InlineData("2026-12-01T07:00:00Z", "2026-12-01")]
    [InlineData("2026-12-01T22:59:00Z", "2026-12-01")]
    [InlineData("2026-12-01T23:00:00Z", null)]
    // A Saturday.
    [InlineData("2026-12-05T09:00:00Z", null)]
    public void The_daily_digest_is_due_from_its_hour_to_midnight_on_working_days(string now, string? window) =>
        SendWindow.Due(DigestKind.Team, Berlin, At(now)).ShouldBe(window);

    [Fact]
    public void Whoever_wants_weekends_has_them() =>
        SendWindow.Due(DigestKind.Personal, Berlin with { Weekends = true }, At("2026-12-05T09:00:00Z")).ShouldBe("2026-12-05");

    [Theory]
    [InlineData(DigestKind.Alert)]
    [InlineData(DigestKind.Approval)]
    public void What_is_told_when_it_happens_has_no_window(DigestKind kind) => SendWindow.Due(kind, Berlin, At("2026-12-01T09:00:00Z")).ShouldBeNull();

    [Theory]
    [InlineData("2026-12-01T05:59:00Z", true)]
    [InlineData("2026-12-01T06:00:00Z", false)]
    [InlineData("2026-12-01T17:59:00Z", false)]
    [InlineData("2026-12-01T18:00:00Z", true)]
    [InlineData("2026-12-05T11:00:00Z", true)]
    public void Nights_and_weekends_are_quiet(string now, bool isQuiet) => SendWindow.IsQuiet(Berlin, At(now)).ShouldBe(isQuiet);

    [Theory]
    [InlineData(9, 9, "2026-12-01T09:30:00Z", false)]
    [InlineData(12, 14, "2026-12-01T12:30:00Z", true)]
    [InlineData(12, 14, "2026-12-01T13:00:00Z", false)]
    public void Quiet_hours_may_lie_within_a_day_or_not_be_at_all(int from, int until, string now, bool isQuiet) =>
        SendWindow.IsQuiet(Berlin with { QuietFrom = from, QuietUntil = until }, At(now)).ShouldBe(isQuiet);

    [Theory]
    // Friday evening to Monday morning.
    [InlineData("2026-12-04T18:30:00Z", "2026-12-07T06:00:00Z")]
    [InlineData("2026-12-01T20:10:00Z", "2026-12-02T06:00:00Z")]
    [InlineData("2026-12-01T09:10:00Z", "2026-12-01T09:10:00Z")]
    public void Silence_ends_at_the_first_hour_that_is_not_quiet(string now, string end) => SendWindow.QuietEnds(Berlin, At(now)).ShouldBe(At(end));

    /// <summary>On 28 March 2027 the clocks of Berlin go from two to three, on 25 October 2026 from three to two.</summary>
    [Fact]
    public void An_hour_that_the_clock_leaves_out_is_the_next_one_and_one_that_comes_twice_has_one_key()
    {
        var nightly = Berlin with { Hour = 2, Weekends = true, QuietFrom = 0, QuietUntil = 0 };

        SendWindow.Due(DigestKind.Team, nightly, At("2027-03-28T00:59:00Z")).ShouldBeNull();
        SendWindow.Due(DigestKind.Team, nightly, At("2027-03-28T01:00:00Z")).ShouldBe("2027-03-28");
        SendWindow.Due(DigestKind.Team, nightly, At("2026-10-25T00:30:00Z")).ShouldBe(SendWindow.Due(DigestKind.Team, nightly, At("2026-10-25T01:30:00Z")));
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_taken_for_UTC() =>
        SendWindow.Due(DigestKind.Team, Berlin with { TimeZone = "Middle/Earth" }, At("2026-12-01T08:00:00Z")).ShouldBe("2026-12-01");

    [Fact]
    public void What_a_person_chose_goes_before_what_was_said_of_them()
    {
        var choice = new SubscriberChoice { To = Berlin.To, Hour = 10, Digests = [DigestKind.Team, DigestKind.Alert], Off = [DigestKind.Alert] };

        var both = choice.Over(Berlin with { Digests = [DigestKind.Manager] });

        both.ShouldSatisfyAllConditions(b => b.Hour.ShouldBe(10), b => b.TimeZone.ShouldBe("Europe/Berlin"), b => b.Digests.ShouldBe([DigestKind.Team]));
        (choice with { IsOff = true }).Over(Berlin).Digests.ShouldBeEmpty();
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
