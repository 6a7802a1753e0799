using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

public sealed class PaceOptionsTests
{
    [Fact]
    public void Nothing_set_means_the_defaults() => Read().ShouldBe(new PaceOptions());

    [Fact]
    public void Settings_are_read_from_their_section() =>
        Read(("WritesPerHour", "200"), ("MaxWait", "00:00:10")).ShouldBe(new PaceOptions { WritesPerHour = 200, MaxWait = TimeSpan.FromSeconds(10) });

    [Theory]
    [InlineData("WritesPerMinute", "81")]
    [InlineData("WritesPerHour", "0")]
    [InlineData("WriteSpacing", "00:00:00.5")]
    [InlineData("FirstPenalty", "00:00:10")]
    [InlineData("ScheduledShare", "1.5")]
    [InlineData("WritesPerMinute", "many")]
    [InlineData("WritesPerMinuet", "10")]
    public void A_setting_out_of_range_or_misspelled_is_refused_by_name(string name, string value) =>
        Should.Throw<UserErrorException>(() => Read((name, value))).Message.ShouldContain(name);

    [Fact]
    public void The_ranges_hold_for_the_defaults_and_no_setting_goes_without()
    {
        var properties = typeof(PaceOptions).GetProperties().Where(p => p.CanWrite && p.PropertyType != typeof(bool)).ToList();

        properties.ShouldAllBe(p => p.GetCustomAttributes(typeof(System.ComponentModel.DataAnnotations.RangeAttribute), false).Length == 1);
        properties.Count.ShouldBe(13);
    }

    private static PaceOptions Read(params (string Name, string Value)[] settings) =>
        PaceOptions.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Trackers:Pace:{s.Name}", (string?)s.Value)))
            .Build());
}
