using ServerlessBacklog.Analysis.Flow;

namespace ServerlessBacklog.Analysis.Tests.Flow;

public sealed class MonteCarloForecastTests
{
    [Fact]
    public void One_item_a_day_stays_one_item_a_day()
    {
        var forecast = new MonteCarloForecast([.. Enumerable.Repeat(1, 100)]);

        forecast.DaysUntil(10, 0.85).ShouldBe(10);
        forecast.DoneWithin(28, 0.85).ShouldBe(28);
    }

    [Fact]
    public void A_surer_answer_is_a_later_date_and_a_smaller_count()
    {
        var random = new Random(4);
        var forecast = new MonteCarloForecast([.. Enumerable.Range(0, 182).Select(_ => random.Next(3))]);

        forecast.DaysUntil(20, 0.95).ShouldBeGreaterThan(forecast.DaysUntil(20, 0.5));
        forecast.DoneWithin(28, 0.95).ShouldBeLessThan(forecast.DoneWithin(28, 0.5));
    }

    [Fact]
    public void The_same_past_gives_the_same_answers_and_only_the_last_half_year_counts()
    {
        var random = new Random(4);
        List<int> done = [.. Enumerable.Range(0, 182).Select(_ => random.Next(3))];

        var (first, second) = (new MonteCarloForecast(done), new MonteCarloForecast([.. Enumerable.Repeat(50, 100), .. done]));

        first.DaysUntil(20, 0.85).ShouldBe(second.DaysUntil(20, 0.85));
        second.Known.ShouldBe(done.Sum());
    }

    [Fact]
    public void Where_nothing_was_done_nothing_is_promised()
    {
        new MonteCarloForecast([]).DaysUntil(1, 0.85).ShouldBe(MonteCarloForecast.Farthest);
        new MonteCarloForecast(new int[90]).DoneWithin(28, 0.85).ShouldBe(0);
    }

    [Fact]
    public void On_a_steady_team_the_answer_holds_about_as_often_as_it_says()
    {
        var random = new Random(11);
        List<int> done = [.. Enumerable.Range(0, 3000).Select(_ => random.NextDouble() < 0.4 ? 1 : 0)];
        var held = Enumerable.Range(0, 90).Count(i =>
        {
            var cut = 200 + (i * 30);
            return done.Skip(cut).Take(28).Sum() >= new MonteCarloForecast(done[..cut]).DoneWithin(28, 0.85);
        });

        (held / 90.0).ShouldBeInRange(0.75, 0.97);
    }
}
