using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Markdig;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>The guides for each role, as pages: <c>/guides</c> and <c>/guides/{role}</c>. They are docs/guides, shipped in the program.</summary>
internal static class GuidePages
{
    public const string Path = "/guides";

    private const string Style = "body{font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}code,pre{background:#f1f4f7;border-radius:4px;padding:.1em .3em}pre{padding:.8em;overflow:auto}pre code{padding:0}a{color:#0b5cad}table{border-collapse:collapse}td,th{border:1px solid #d5dce3;padding:.3em .6em;text-align:left}";

    private const string Prefix = "guides/";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>Their names: <c>maintainer</c>, <c>manager</c> …</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..].Replace(".md", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static void MapGuidePages(this WebApplication app)
    {
        app.MapGet(Path, () => Page("Guides", $"# Guides\n\n{string.Join('\n', Names.Select(n => $"- [{TitleOf(n)}]({Path}/{n})"))}\n"));
        app.MapGet(Path + "/{name}", (string name) => Names.Contains(name)
            ? Page(TitleOf(name), Read(name))
            : Results.Text($"There is no guide '{name}'. {Path} lists them.", statusCode: StatusCodes.Status404NotFound));
    }

    /// <summary>The guide as Markdown.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{name}.md")!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string TitleOf(string name) => Read(name).Split('\n')[0].TrimStart('#', ' ').Trim();

    private static IResult Page(string title, string markdown)
    {
        var policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'";
        var html = $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="{policy}"><title>{WebUtility.HtmlEncode(title)}</title><style>{Style}</style></head><body><nav><a href="/">Backlogs</a> · <a href="{Path}">Guides</a></nav><main>{Markdown.ToHtml(markdown, Pipeline)}</main></body></html>""";
        return Results.Text(html, "text/html; charset=utf-8", Encoding.UTF8);
    }
}
