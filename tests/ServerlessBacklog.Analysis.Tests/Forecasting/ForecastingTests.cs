using ServerlessBacklog.Analysis.Forecasting;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Forecasting;

public sealed class ForecastingTests
{
    [Fact]
    public void A_week_that_is_not_over_and_one_that_began_before_the_first_moment_do_not_count()
    {
        var first = new DateTimeOffset(2026, 5, 6, 0, 0, 0, TimeSpan.Zero);

        var (start, counts) = Weeks.Count([first, new(2026, 5, 11, 0, 0, 0, TimeSpan.Zero), new(2026, 5, 17, 23, 0, 0, TimeSpan.Zero), new(2026, 5, 25, 1, 0, 0, TimeSpan.Zero)], first, new(2026, 5, 26, 0, 0, 0, TimeSpan.Zero));

        start.ShouldBe(new DateOnly(2026, 5, 11));
        counts.ShouldBe([2, 0]);
    }

    [Fact]
    public void An_item_that_was_reopened_was_closed_in_between()
    {
        var item = An.Item(1) with
        {
            History = new WorkItemHistory { IsKnown = true, Events = [new("closed", An.Instant.AddDays(-6)), new("reopened", An.Instant.AddDays(-3))] },
        };

        var spans = OpenSpan.Of(item);

        spans.ShouldBe([new OpenSpan(An.Instant.AddDays(-10), An.Instant.AddDays(-6)), new OpenSpan(An.Instant.AddDays(-3), null)]);
        spans.Any(s => s.Holds(An.Instant.AddDays(-5))).ShouldBeFalse();
    }

    [Fact]
    public void An_item_closed_nobody_knows_when_was_open_nobody_knows_how_long() =>
        OpenSpan.Of(An.Item(1) with { State = WorkItemState.Closed }).ShouldBeEmpty();

    [Fact]
    public void Chance_alone_is_no_change_and_a_doubling_of_many_is()
    {
        RateChange.Distance(10, 8, 20, 18, 1).ShouldBeLessThan(RateChange.Clear);
        RateChange.Distance(80, 8, 80, 18, 1).ShouldBeGreaterThan(RateChange.Clear);
        RateChange.Distance(80, 8, 80, 18, 8).ShouldBeLessThan(RateChange.Clear, "weeks that swing as much as that say nothing");
        RateChange.Distance(0, 8, 0, 18, 1).ShouldBe(0);
    }

    [Fact]
    public void Arrivals_of_a_steady_project_lie_within_the_bounds_as_often_as_they_say()
    {
        var random = new Random(4);
        var weeks = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 20).Count(_ => random.NextDouble() < 0.4)).ToList();

        var held = Enumerable.Range(60, 230).Average(known =>
            ArrivalsModel.Forecast([.. weeks.Take(known)]) is [var next, ..] && weeks[known] >= Math.Round(next.Low) && weeks[known] <= Math.Round(next.High) ? 1.0 : 0);

        held.ShouldBeInRange(0.74, 0.92);
    }

    [Fact]
    public void Arrivals_of_eleven_weeks_are_too_few() => ArrivalsModel.Forecast([.. Enumerable.Repeat(3, 11)]).ShouldBeEmpty();

    [Fact]
    public void A_load_that_never_moved_stays_and_one_that_grows_is_expected_to_grow_on()
    {
        LoadModel.Forecast([.. Enumerable.Repeat(4, 20)]).ShouldAllBe(l => l.Expected == 4 && l.Low == 4 && l.High == 4);

        var growing = LoadModel.Forecast([.. Enumerable.Range(0, 20)]);

        growing[^1].ShouldBe(new ExpectedLoad(21, 21, 23), "half of the trend is expected, and all of it within the bounds");
    }

    [Fact]
    public void The_next_month_is_as_uncertain_as_the_past_months_moved()
    {
        NextMonth.Forecast([70, 70, 70, 70, 70], 70, 1).ShouldBeNull();

        var (calm, wild) = (NextMonth.Forecast([70, 71, 70, 71, 70, 71], 71, 1)!, NextMonth.Forecast([70, 80, 70, 80, 70, 80], 80, 1)!);

        (calm.High - calm.Low).ShouldBe(2 * 1.476, 0.02, "Student's quantile at 90 % with five steps");
        (wild.High - wild.Low).ShouldBeGreaterThan(5 * (calm.High - calm.Low));
    }

    [Fact]
    public void The_date_of_a_steady_project_holds_and_the_same_past_gives_the_same_forecast()
    {
        var random = new Random(9);
        var done = Enumerable.Range(0, 500).Select(_ => random.NextDouble() < 0.5 ? 1 : 0).ToList();

        var asked = new DoneReplay(done, 10).Asked.Where(a => a.Days is not null).ToList();

        asked.Count.ShouldBeGreaterThan(50);
        asked.Average(a => a.HeldWhen(1) ? 1.0 : 0).ShouldBeInRange(0.78, 0.95);
        DoneForecast.Of(done)!.Curves()[1].ShouldBe(DoneForecast.Of(done)!.Curves()[1]);
        DoneForecast.Of(done)!.Curves()[1][27].ShouldBeInRange(8, 14);
    }

    [Fact]
    public void What_is_done_later_changes_nothing_that_was_said_before()
    {
        var done = Enumerable.Range(0, 300).Select(d => d % 3 == 0 ? 1 : 0).ToList();
        var other = done.Select((d, day) => day < 250 ? d : 5).ToList();

        var (a, b) = (new DoneReplay(done, 10).Asked, new DoneReplay(other, 10).Asked);

        a.Where(x => x.Cut < 245).Select(x => x.SaidDays[1]).ShouldBe(b.Where(x => x.Cut < 245).Select(x => x.SaidDays[1]));
    }

    [Fact]
    public void Two_days_are_no_past() => DoneForecast.Of([12, 20]).ShouldBeNull();
}
