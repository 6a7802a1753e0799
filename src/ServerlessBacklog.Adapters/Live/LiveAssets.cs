using ServerlessBacklog.Adapters.Reports;

namespace ServerlessBacklog.Adapters.Live;

/// <summary>Style and script of the live page: the report's look, and a script that fetches what is new from this program alone.</summary>
public static class LiveAssets
{
    public static string Style { get; } = ReportAssets.Style + ReportAssets.Read("live.css");

    public static string Script { get; } = ReportAssets.Read("live.js");

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src {ReportAssets.Hash(Style)}; script-src {ReportAssets.Hash(Script)}; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'";
}
