using ScottPlot;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>
/// A chart as a picture in two points a pixel: no frame, faint lines, few labels. Series differ in lightness as well as in color (and lines in their dashes), so
/// that they stay apart for those who see colors differently, and in print.
/// </summary>
internal static class ChartPicture
{
    public const int Width = 536;
    public const int Height = 210;

    private const int Scale = 2;
    private const int MostLabels = 6;
    private const int MostSeries = 3;
    private const float FontSize = 15;
    private const float LetterWidth = 8.5f;
    private const double BarRoom = 0.76;

    private static readonly LinePattern[] Patterns = [LinePattern.Solid, LinePattern.Dashed, LinePattern.Dotted];

    /// <returns>PNG; null when there is nothing to draw.</returns>
    public static byte[]? Draw(DigestChart chart, ChartColors colors)
    {
        var series = chart.Series.Take(MostSeries).Where(s => s.Values.Any(double.IsFinite)).ToList();
        if (chart.Labels.Count == 0 || series.Count == 0)
            return null;
        ChartFont.Add();
        using var plot = Empty(colors);
        for (var i = 0; i < series.Count; i++)
            AddSeries(plot, chart.Form, series, i, Color.FromHex(colors.Series[i]));
        AddAxes(plot, chart, series);
        if (series.Count > 1)
            AddLegend(plot, colors);
        else
            plot.HideLegend();
        return plot.GetImage(Width * Scale, Height * Scale).GetImageBytes(ImageFormat.Png);
    }

    private static Plot Empty(ChartColors colors)
    {
        var plot = new Plot { ScaleFactor = Scale };
        plot.FigureBackground.Color = Color.FromHex(colors.Ground);
        plot.DataBackground.Color = Color.FromHex(colors.Ground);
        plot.Axes.Color(Color.FromHex(colors.Text));
        plot.Grid.MajorLineColor = Color.FromHex(colors.Line);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontName = ChartFont.Name;
            axis.TickLabelStyle.FontSize = FontSize;
            axis.TickLabelStyle.ForeColor = Color.FromHex(colors.Text);
            axis.MajorTickStyle.Length = 0;
            axis.MinorTickStyle.Length = 0;
        }

        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.FrameLineStyle.Color = Color.FromHex(colors.Line);
        return plot;
    }

    private static void AddSeries(Plot plot, ChartForm form, List<ChartSeries> series, int index, Color color)
    {
        var points = series[index].Values.Select((v, i) => (X: (double)i, Y: v)).Where(p => double.IsFinite(p.Y)).ToList();
        if (form == ChartForm.Lines)
        {
            var line = plot.Add.Scatter(points.Select(p => p.X).ToArray(), points.Select(p => p.Y).ToArray());
            (line.Color, line.LineWidth, line.LinePattern, line.LegendText) = (color, 2.5f, Patterns[index], Known(series[index].Name));
            line.MarkerSize = points.Count <= 16 ? 6 : 0;
            return;
        }

        var width = BarRoom / series.Count;
        var bars = plot.Add.Bars(points.Select(p => p.X + ((index - ((series.Count - 1) / 2.0)) * width)).ToArray(), points.Select(p => p.Y).ToArray());
        (bars.Color, bars.LegendText) = (color, Known(series[index].Name));
        foreach (var bar in bars.Bars)
            (bar.Size, bar.LineWidth) = (width * 0.92, 0);
    }

    private static void AddAxes(Plot plot, DigestChart chart, List<ChartSeries> series)
    {
        var step = (int)Math.Ceiling((double)chart.Labels.Count / MostLabels);
        var ticks = Enumerable.Range(0, chart.Labels.Count).Where(i => (chart.Labels.Count - 1 - i) % step == 0).ToList();
        plot.Axes.Bottom.SetTicks([.. ticks.Select(i => (double)i)], [.. ticks.Select(i => Known(chart.Labels[i]))]);
        var values = series.SelectMany(s => s.Values).Where(double.IsFinite).ToList();
        var heights = Heights(Math.Min(0, values.Min()), Math.Max(0, values.Max()));
        plot.Axes.Left.SetTicks([.. heights], [.. heights.Select(h => $"{h:#,0.##}")]);
        plot.Axes.SetLimits(-0.6, chart.Labels.Count - 0.4, heights[0], heights[^1] + ((heights[^1] - heights[0]) * 0.02));
        var left = 12 + (LetterWidth * heights.Max(h => $"{h:#,0.##}".Length));
        plot.Layout.Fixed(new PixelPadding(left, LetterWidth * chart.Labels[^1].Length / 2, 28, series.Count > 1 ? 46 : 8));
    }

    /// <summary>About four round numbers that span the values.</summary>
    private static List<double> Heights(double low, double high)
    {
        var rough = Math.Max(high - low, 1e-9) / 3;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(f => f * power).First(s => s >= rough * 0.999);
        if (high >= 3 || low <= -3)
            step = Math.Max(1, Math.Ceiling(step));
        var first = (int)Math.Floor(low / step);
        var last = Math.Max(first + 1, (int)Math.Ceiling((high / step) - 1e-9));
        return [.. Enumerable.Range(first, last - first + 1).Select(i => i * step)];
    }

    private static void AddLegend(Plot plot, ChartColors colors)
    {
        var legend = plot.Legend;
        (legend.Orientation, legend.FontName, legend.FontSize, legend.FontColor) = (Orientation.Horizontal, ChartFont.Name, FontSize, Color.FromHex(colors.Text));
        (legend.BackgroundColor, legend.OutlineWidth, legend.ShadowColor) = (Colors.Transparent, 0, Colors.Transparent);
        plot.ShowLegend(Edge.Top).Alignment = Alignment.MiddleLeft;
    }

    /// <summary>A sign that the font lacks would be an empty box.</summary>
    private static string Known(string text) => ChartFont.Knows(text) ? text : string.Concat(text.Where(c => ChartFont.Knows($"{c}")));
}

/// <param name="Series">Apart by lightness as well.</param>
internal sealed record ChartColors(string Ground, string Text, string Line, IReadOnlyList<string> Series)
{
    public static ChartColors Light { get; } = new("#ffffff", "#4a5058", "#e3e5e3", ["#0a6670", "#e08a2e", "#7a8088"]);

    public static ChartColors Dark { get; } = new("#1b1e21", "#b9bec5", "#33393e", ["#6cc5c9", "#b86f22", "#8d949c"]);
}
