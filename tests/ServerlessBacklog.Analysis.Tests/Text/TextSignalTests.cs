using System.Diagnostics;
using CsCheck;
using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Tests.Text;

public class TextSignalTests
{
    [Theory]
    [InlineData("Security vulnerability in upload", TextSignals.Security)]
    [InlineData("Fix CVE-2024-1234", TextSignals.Security)]
    [InlineData("Security settings page has no title", TextSignals.None)]
    [InlineData("I lost all my mail: data loss", TextSignals.DataLoss)]
    [InlineData("Import corrupts the profile", TextSignals.DataLoss)]
    [InlineData("I lost the game", TextSignals.None)]
    [InlineData("It crashes on start", TextSignals.Crash)]
    [InlineData("Crashlytics link", TextSignals.None)]
    [InlineData("Window freezes for a minute", TextSignals.Hang)]
    [InlineData("Change the hanger icon", TextSignals.None)]
    [InlineData("This used to work in 2.0", TextSignals.Regression)]
    [InlineData("A work-around is to restart", TextSignals.Workaround)]
    [InlineData("Search is very slow, high CPU", TextSignals.Performance)]
    [InlineData("Typo in the dialog", TextSignals.Cosmetic)]
    [InlineData("App hangs, then crashes", TextSignals.Hang | TextSignals.Crash)]
    [InlineData("", TextSignals.None)]
    public void Words_of_consequence_are_found_as_whole_words(string title, TextSignals signals) =>
        TextSignal.Find(title, "").ShouldBe(signals);

    [Theory]
    [InlineData("It fails:\n   at System.IO.File.Open(String path)")]
    [InlineData("Traceback (most recent call last)\n  File")]
    [InlineData("#0  0x7fff3c2a in main")]
    [InlineData("Caused by: java.lang.Error")]
    public void A_stack_trace_is_known_by_its_lines(string body) => TextSignal.Find("", body).ShouldBe(TextSignals.StackTrace);

    [Fact]
    public void Words_alone_are_no_stack_trace() => TextSignal.Find("", "We meet at noon (maybe)").ShouldBe(TextSignals.None);

    [Theory]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData(" \n")]
    [InlineData("lost ")]
    [InlineData("#1 ")]
    [InlineData("a")]
    public void A_hostile_body_takes_less_than_half_a_second(string repeated)
    {
        var body = string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length));
        var clock = Stopwatch.StartNew();

        TextSignal.Find("", body);

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public void No_text_throws() => Gen.Select(Gen.String, Gen.String).Sample((title, body) => TextSignal.Find(title, body) >= 0);
}
