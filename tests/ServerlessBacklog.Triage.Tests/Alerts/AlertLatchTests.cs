using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Reminders;

namespace ServerlessBacklog.Triage.Tests.Alerts;

public sealed class AlertLatchTests
{
    private static readonly TimeSpan Settle = TimeSpan.FromHours(24);

    [Fact]
    public void What_goes_back_and_forth_around_a_limit_is_one_alert()
    {
        var opened = new HashSet<DateTimeOffset>();
        Alert? alert = null;

        for (var hour = 0; hour < 200; hour++)
        {
            alert = AlertLatch.Next(alert, (hour % 4) switch { 0 => Sign(AlertStrength.Over), 1 => Sign(AlertStrength.Near), 2 => null, _ => Sign(AlertStrength.Near) }, An.Instant.AddHours(hour), Settle);
            opened.Add(alert!.OpenedAt!.Value);
        }

        opened.ShouldHaveSingleItem();
        alert!.State.ShouldBe(AlertState.Open);
    }

    [Fact]
    public void Near_a_limit_nothing_begins()
    {
        AlertLatch.Next(null, Sign(AlertStrength.Near), An.Instant, Settle).ShouldBeNull();
    }

    [Fact]
    public void A_cause_that_was_gone_for_long_enough_clears_and_may_begin_anew()
    {
        var alert = AlertLatch.Next(null, Sign(AlertStrength.Over), An.Instant, Settle);

        var gone = AlertLatch.Next(alert, null, An.Instant.AddHours(1), Settle);
        var early = AlertLatch.Next(gone, null, An.Instant.AddHours(24), Settle);
        var cleared = AlertLatch.Next(early, null, An.Instant.AddHours(25), Settle);
        var again = AlertLatch.Next(cleared, Sign(AlertStrength.Over), An.Instant.AddHours(30), Settle);

        early!.State.ShouldBe(AlertState.Open);
        cleared!.State.ShouldBe(AlertState.Cleared);
        again!.OpenedAt.ShouldBe(An.Instant.AddHours(30));
        again.ToldAt.ShouldBeNull();
    }

    [Fact]
    public void What_has_to_last_is_watched_first_and_forgotten_when_it_did_not()
    {
        var sign = Sign(AlertStrength.Over) with { After = TimeSpan.FromDays(5) };

        var watched = AlertLatch.Next(null, sign, An.Instant, Settle);
        var open = AlertLatch.Next(watched, sign, An.Instant.AddDays(5), Settle);

        watched!.State.ShouldBe(AlertState.Watched);
        open!.State.ShouldBe(AlertState.Open);
        AlertLatch.Next(watched, null, An.Instant.AddDays(1), Settle).ShouldBeNull();
    }

    [Fact]
    public void An_open_alert_that_gets_worse_stays_worse()
    {
        var low = AlertLatch.Next(null, Sign(AlertStrength.Over), An.Instant, Settle);

        var high = AlertLatch.Next(low, Sign(AlertStrength.Over) with { Severity = AlertSeverity.High }, An.Instant.AddHours(1), Settle);
        var lower = AlertLatch.Next(high, Sign(AlertStrength.Over), An.Instant.AddHours(2), Settle);

        lower!.Severity.ShouldBe(AlertSeverity.High);
    }

    private static AlertSign Sign(AlertStrength strength) => new("wip", AlertCause.WipOverLimit, AlertSeverity.Low, strength, "7 items are in progress; the limit is 5.", "Finish something.");
}

public sealed class ReminderLadderTests
{
    private static readonly LadderDays Days = new(3, 5, 8);

    [Theory]
    [InlineData(2.99, null)]
    [InlineData(3, ReminderRung.First)]
    [InlineData(5.5, ReminderRung.Second)]
    [InlineData(30, ReminderRung.Lead)]
    public void The_highest_rung_whose_day_has_come_is_due(double days, ReminderRung? rung)
    {
        var due = ReminderLadder.Due(An.Instant, null, Days, null, An.Instant.AddDays(days));

        (due?.Rung).ShouldBe(rung);
    }

    [Fact]
    public void A_rung_is_due_once_however_often_it_is_looked()
    {
        var told = new List<ReminderRung>();
        Reminder? known = null;
        for (var hour = 0; hour < 24 * 20; hour++)
        {
            if (ReminderLadder.Due(An.Instant, known, Days, null, An.Instant.AddHours(hour)) is not { } due)
                continue;
            told.Add(due.Rung);
            known = new Reminder { Key = "work", Item = An.Ref(1), Since = due.From, Told = due.Rung };
        }

        told.ShouldBe([ReminderRung.First, ReminderRung.Second, ReminderRung.Lead]);
    }

    [Fact]
    public void An_act_of_a_person_begins_the_ladder_anew()
    {
        var known = new Reminder { Key = "work", Item = An.Ref(1), Since = An.Instant, Told = ReminderRung.Second };

        ReminderLadder.Due(An.Instant.AddDays(6), known, Days, null, An.Instant.AddDays(8)).ShouldBeNull();
        ReminderLadder.Due(An.Instant.AddDays(6), known, Days, null, An.Instant.AddDays(9)).ShouldNotBeNull().Rung.ShouldBe(ReminderRung.First);
    }

    [Fact]
    public void What_was_put_off_begins_anew_when_its_day_has_come()
    {
        var until = An.Instant.AddDays(10);

        ReminderLadder.Due(An.Instant, null, Days, until, An.Instant.AddDays(9)).ShouldBeNull();
        ReminderLadder.Due(An.Instant, null, Days, until, An.Instant.AddDays(12)).ShouldBeNull();
        ReminderLadder.Due(An.Instant, null, Days, until, An.Instant.AddDays(13)).ShouldNotBeNull().Rung.ShouldBe(ReminderRung.First);
    }

    [Fact]
    public void A_rung_of_zero_days_is_left_out()
    {
        ReminderLadder.Due(An.Instant, null, new LadderDays(3, 0, 0), null, An.Instant.AddDays(90)).ShouldNotBeNull().Rung.ShouldBe(ReminderRung.First);
        ReminderLadder.Due(An.Instant, null, new LadderDays(0, 0, 0), null, An.Instant.AddDays(90)).ShouldBeNull();
    }
}
