using System.Security.Cryptography;
using System.Text;

namespace ServerlessBacklog.Adapters.Reports;

/// <summary>The page's one style sheet and one script, and the policy that lets a browser run these and load nothing else.</summary>
public static class ReportAssets
{
    public static string Style { get; } = Read("report.css");

    public static string Script { get; } = Read("report.js");

    /// <summary>Also fit for the <c>Content-Security-Policy</c> header of a served page.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; img-src data:; base-uri 'none'; form-action 'none'";

    internal static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    internal static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ReportAssets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
