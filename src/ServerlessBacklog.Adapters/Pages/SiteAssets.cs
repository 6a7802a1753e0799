using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Adapters.Reports;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>The one style sheet and the one script of the site. Their names carry their digest, so that a browser may keep them for good.</summary>
internal static class SiteAssets
{
    /// <summary>Nothing comes from elsewhere, nothing runs or is styled inside a page, and no other site shows one in a frame.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly (string Name, string ContentType, byte[] Bytes)[] All =
    [
        Of("site", "css", "text/css; charset=utf-8", ReportAssets.Style + ReportAssets.Read("review.css") + ReportAssets.Read("site.css") + ReportAssets.Read("site-print.css")),
        Of("site", "js", "text/javascript; charset=utf-8", ReportAssets.Read("site.js") + ReportAssets.Read("map.js")),
    ];

    public static string Style => All[0].Name;

    public static string Script => All[1].Name;

    public static PageReply? Find(string file) => All.FirstOrDefault(a => a.Name == file) is { Bytes: { } bytes } found
        ? new PageReply(200, found.ContentType, bytes) { Headers = [("Cache-Control", "public, max-age=31536000, immutable"), ("X-Content-Type-Options", "nosniff")] }
        : null;

    private static (string, string, byte[]) Of(string name, string extension, string contentType, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return ($"{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}.{extension}", contentType, bytes);
    }
}
