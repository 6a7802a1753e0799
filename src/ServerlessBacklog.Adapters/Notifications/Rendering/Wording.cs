using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>Texts of a digest as every form takes them: one line, bounded; and links that a reader may follow.</summary>
internal static class Wording
{
    public const int LongestTitle = 160;

    private const int LongestHeading = 120;
    private const int LongestLine = 600;
    private const int LongestName = 80;
    private const int LongestAddress = 2_000;

    public static string Title(Digest digest) => ForeignText.OneLine(digest.Title, LongestHeading);

    public static string Heading(string text) => ForeignText.OneLine(text, LongestHeading);

    public static string Line(string text) => ForeignText.OneLine(text, LongestLine);

    public static string Cell(string text) => ForeignText.OneLine(text, LongestName);

    public static string Name(DigestItem item) => ForeignText.OneLine(item.Name, LongestName);

    public static string Title(DigestItem item) => ForeignText.OneLine(item.Title, LongestTitle);

    /// <summary>What stands under the title: which backlog, and of when.</summary>
    public static string About(Digest digest) => $"{ForeignText.OneLine(digest.Backlog, LongestName)}, as of {digest.AsOfText}";

    public static string Headline(DigestHeadline headline) =>
        $"{headline.Figure.Text} {Line(headline.Figure.Label)}{(headline.Change is { } change ? $" ({Line(change)})" : "")}";

    /// <summary>Null when nothing more is there.</summary>
    public static string? More(DigestSection section, Digest digest) => section.More <= 0 ? null : $"{section.More:N0} more{(Link(digest.Page) is null ? "" : " on the page")}";

    /// <summary>The address as it may stand in a message; null for one that is no address of a page.</summary>
    public static string? Link(Uri? uri) =>
        uri is { IsAbsoluteUri: true } && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0 && uri.AbsoluteUri is { Length: <= LongestAddress } address
            ? address.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace("|", "%7C", StringComparison.Ordinal)
                .Replace("'", "%27", StringComparison.Ordinal).Replace("*", "%2A", StringComparison.Ordinal)
            : null;

    /// <summary>Columns whose cells are all numbers; they are set to the right. The first names its row.</summary>
    public static bool IsNumeric(DigestTable table, int column) =>
        column > 0 && table.Rows.Count > 0 && table.Rows.All(r => r.Count <= column || r[column] is "" or "–" || char.IsDigit(r[column][0]) || r[column][0] is '-' or '+' or '−' or '<') && table.Rows.Any(r => r.Count > column && r[column].Any(char.IsDigit));
}
