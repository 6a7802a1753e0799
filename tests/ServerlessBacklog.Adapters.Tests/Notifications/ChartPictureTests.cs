using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;
using SkiaSharp;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

public sealed class ChartPictureTests
{
    [Theory]
    [InlineData(ChartForm.Bars)]
    [InlineData(ChartForm.Lines)]
    public void A_chart_is_drawn_in_two_points_a_pixel_and_small(ChartForm form)
    {
        var png = ChartPicture.Draw(Chart(form, [3, 5, 2, 8]), ChartColors.Light).ShouldNotBeNull();

        using var picture = SKBitmap.Decode(png);
        (picture.Width, picture.Height).ShouldBe((ChartPicture.Width * 2, ChartPicture.Height * 2));
        png.Length.ShouldBeLessThan(60_000);
    }

    [Fact]
    public void Its_letters_are_there_on_a_machine_without_fonts()
    {
        // The font comes out of the assembly: with two different labels only the letters differ.
        using var one = SKBitmap.Decode(ChartPicture.Draw(Chart(ChartForm.Bars, [1, 2]) with { Labels = ["May 2026", "Jun 2026"] }, ChartColors.Light));
        using var other = SKBitmap.Decode(ChartPicture.Draw(Chart(ChartForm.Bars, [1, 2]) with { Labels = ["Oct 1999", "Dec 2004"] }, ChartColors.Light));

        one.Bytes.ShouldNotBe(other.Bytes);
        ChartFont.Knows("Came, closed: 1,204 in May 2026 – 85 %").ShouldBeTrue();
        ChartFont.Knows("数").ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_drawn_of_nothing()
    {
        ChartPicture.Draw(Chart(ChartForm.Bars, []) with { Labels = [] }, ChartColors.Light).ShouldBeNull();
        ChartPicture.Draw(Chart(ChartForm.Lines, [double.NaN, double.PositiveInfinity]), ChartColors.Light).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(-5, 5)]
    [InlineData(1e12, 2e12)]
    [InlineData(0.2, 0.9)]
    public void Any_values_are_drawn(double first, double second) =>
        ChartPicture.Draw(Chart(ChartForm.Lines, [first, double.NaN, second]), ChartColors.Dark).ShouldNotBeNull();

    [Fact]
    public void A_label_in_letters_that_the_font_lacks_leaves_no_boxes() =>
        ChartPicture.Draw(Chart(ChartForm.Bars, [1, 2]) with { Labels = ["数", "שלום"] }, ChartColors.Light).ShouldNotBeNull();

    [Fact]
    public void Every_chart_of_a_mail_is_in_it_for_light_and_for_dark_with_its_words()
    {
        var email = DigestEmail.Render(ManagerDigest.Build(SampleDigests.Rich()));

        email.Images.Select(i => i.ContentId).ShouldBe(["chart-1", "chart-1-dark", "chart-3", "chart-3-dark"]);
        email.Images.ShouldAllBe(i => email.Html.Contains($"\"cid:{i.ContentId}\"", StringComparison.Ordinal) && i.Alt.Length > 0 && i.Png.Length > 0);
        email.Html.ShouldNotContain("src=\"http");
        DigestPreview.Of(email).ShouldNotContain("cid:");
    }

    private static DigestChart Chart(ChartForm form, IReadOnlyList<double> values) =>
        new("What came", "It came and went.", form, [.. values.Select((_, i) => $"May {i + 1}")], [new ChartSeries("Came", values), new ChartSeries("Closed", values)]);
}
