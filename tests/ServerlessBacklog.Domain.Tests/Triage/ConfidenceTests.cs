using System.Text.Json;
using CsCheck;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Domain.Tests.Triage;

public class ConfidenceTests
{
    [Theory]
    [InlineData(-0.0001)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_value_outside_0_to_1_is_refused(double value) => Should.Throw<ArgumentOutOfRangeException>(() => new Confidence(value));

    [Theory]
    [InlineData(-3, 0)]
    [InlineData(7, 1)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(0.25, 0.25)]
    public void Clamping_brings_a_value_into_range(double value, double expected) => Confidence.Clamp(value).Value.ShouldBe(expected);

    [Theory]
    [InlineData(0.90, "high")]
    [InlineData(0.8999, "medium")]
    [InlineData(0.60, "medium")]
    [InlineData(0.5999, "low")]
    public void Bands_begin_at_090_and_060(double value, string band) => new Confidence(value).Band.ShouldBe(band);

    [Fact]
    public void JSON_gives_it_back() =>
        Gen.Double[0, 1].Select(v => new Confidence(v)).Sample(c => JsonSerializer.Deserialize<Confidence>(JsonSerializer.Serialize(c)) == c);

    [Fact]
    public void It_compares_by_value() => Gen.Double[0, 1].Select(Gen.Double[0, 1]).Sample((a, b) =>
    {
        var (left, right) = (new Confidence(a), new Confidence(b));
        return left < right == (left.Value < right.Value) && left >= right == !(left < right) && left > right == right < left && left <= right == right >= left;
    });
}
