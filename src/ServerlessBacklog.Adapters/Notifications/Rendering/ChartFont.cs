using ScottPlot;
using SkiaSharp;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>The font of charts, out of this assembly: a server in a container has none.</summary>
internal sealed class ChartFont : IFontResolver
{
    public const string Name = "Digest Inter";

    private static readonly Lazy<bool> Added = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new ChartFont());
        return true;
    });

    private static readonly Lazy<SKTypeface> Regular = new(() => Read("Inter-Regular.ttf"));
    private static readonly Lazy<SKTypeface> SemiBold = new(() => Read("Inter-SemiBold.ttf"));

    public static void Add() => _ = Added.Value;

    /// <summary>True when every sign of a text has a picture in the font.</summary>
    public static bool Knows(string text) => Regular.Value.ContainsGlyphs(text);

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => Of(fontName, weight >= FontWeight.SemiBold);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Of(fontName, bold);

    private static SKTypeface? Of(string name, bool isBold) => name != Name ? null : isBold ? SemiBold.Value : Regular.Value;

    private static SKTypeface Read(string name)
    {
        using var data = SKData.Create(typeof(ChartFont).Assembly.GetManifestResourceStream(name));
        return SKTypeface.FromData(data);
    }
}
