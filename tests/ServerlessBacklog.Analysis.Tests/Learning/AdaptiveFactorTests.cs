using ServerlessBacklog.Analysis.Learning;

namespace ServerlessBacklog.Analysis.Tests.Learning;

public sealed class AdaptiveFactorTests
{
    [Fact]
    public void The_share_is_kept_although_the_values_double_on_the_way()
    {
        var random = new Random(2);
        var factor = new AdaptiveFactor(0.85, 0.1);
        var held = 0;
        for (var i = 0; i < 1000; i++)
        {
            var below = random.NextDouble() * (i < 500 ? 1 : 2) <= 0.5 * factor.Factor;
            held += below ? 1 : 0;
            factor.Learn(below);
        }

        (held / 1000.0).ShouldBeInRange(0.83, 0.87);
    }

    [Fact]
    public void However_many_misses_the_factor_stays_below_five()
    {
        var factor = new AdaptiveFactor(0.85, 0.5);

        for (var i = 0; i < 100; i++)
            factor.Learn(below: false);

        factor.Factor.ShouldBeInRange(4.5, 5);
    }
}
