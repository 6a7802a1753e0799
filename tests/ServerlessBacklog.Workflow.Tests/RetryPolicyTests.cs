using CsCheck;

namespace ServerlessBacklog.Workflow.Tests;

public sealed class RetryPolicyTests
{
    [Fact]
    public void Each_wait_is_a_multiple_of_the_last()
    {
        var policy = new RetryPolicy(4, TimeSpan.FromSeconds(2), 3);

        Delays(policy, 3).ShouldBe([2, 6, 18]);
    }

    [Fact]
    public void A_back_off_of_one_waits_the_same_each_time() =>
        Delays(new RetryPolicy(4, TimeSpan.FromSeconds(5), 1), 3).ShouldBe([5, 5, 5]);

    [Fact]
    public void No_wait_is_longer_than_the_longest()
    {
        var policy = new RetryPolicy(9, TimeSpan.FromSeconds(2)) { MaxDelay = TimeSpan.FromSeconds(10) };

        Delays(policy, 5).ShouldBe([2, 4, 8, 10, 10]);
    }

    [Fact]
    public void The_first_wait_is_capped_too() =>
        new RetryPolicy(2, TimeSpan.FromHours(1)).DelayAfter(1).ShouldBe(TimeSpan.FromMinutes(5));

    [Fact]
    public void A_wait_after_very_many_attempts_is_the_longest() =>
        new RetryPolicy(int.MaxValue, TimeSpan.FromSeconds(2)).DelayAfter(100_000).ShouldBe(TimeSpan.FromMinutes(5));

    [Fact]
    public void The_default_makes_five_attempts_over_half_a_minute()
    {
        RetryPolicy.Default.MaxAttempts.ShouldBe(5);
        Delays(RetryPolicy.Default, 4).ShouldBe([2, 4, 8, 16]);
    }

    [Fact]
    public void Waits_never_shrink_where_the_back_off_is_one_or_more() =>
        Gen.Select(Gen.Double[0, 600], Gen.Double[1, 10], Gen.Int[1, 300])
            .Sample((first, backoff, attempt) =>
            {
                var policy = new RetryPolicy(1000, TimeSpan.FromSeconds(first), backoff);
                var (now, next) = (policy.DelayAfter(attempt), policy.DelayAfter(attempt + 1));
                return now >= TimeSpan.Zero && now <= next && next <= policy.MaxDelay;
            });

    private static IEnumerable<double> Delays(RetryPolicy policy, int count) =>
        Enumerable.Range(1, count).Select(attempt => policy.DelayAfter(attempt).TotalSeconds);
}
