using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>HTML. Whatever is put into one by <see cref="Of"/> is encoded, unless it is HTML already.</summary>
internal readonly record struct Markup(string Html)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Markup None { get; } = new("");

    public static Markup Of(FormattableString text) =>
        new(string.Format(CultureInfo.InvariantCulture, text.Format, [.. text.GetArguments().Select(a => a is Markup markup ? markup.Html : Encoder.Encode(Convert.ToString(a, CultureInfo.InvariantCulture) ?? ""))]));

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(p => p.Html)));

    public override string ToString() => Html;
}
