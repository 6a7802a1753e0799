using System.Net;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Adapters.Trackers.Blocks;

/// <summary>How a block of ours is written in one kind of markup: what begins and ends it, what keeps it apart from the text before, and its lines.</summary>
/// <param name="Between">Stands between the text before and the block, where there is any.</param>
/// <param name="Pattern">Finds a block by the groups <c>name</c>, <c>sum</c> and <c>text</c>.</param>
/// <param name="Sign">What no text of people holds by chance.</param>
internal sealed record BlockForm(string Between, Regex Pattern, Func<string, string, string, string> Write, Func<string, string> Read, string Sign)
{
    /// <summary>Hidden comments. GitHub keeps a description as it was sent.</summary>
    public static BlockForm Comments { get; } = new(
        "\n\n",
        BlockPatterns.Comments(),
        (name, sum, text) => $"<!-- serverless-backlog:{name} {sum} -->\n{text}\n<!-- /serverless-backlog:{name} -->",
        text => text,
        "serverless-backlog:");

    /// <summary>Lines that can be seen: Azure DevOps may drop comments of Markdown.</summary>
    public static BlockForm Lines { get; } = new(
        "\n\n",
        BlockPatterns.Lines(),
        (name, sum, text) => $"[serverless-backlog:{name} {sum}]\n\n{text}\n\n[/serverless-backlog:{name}]",
        text => text,
        "serverless-backlog:");

    /// <summary>The same in HTML: a line of Markdown is a paragraph as it is, one that is bold as a whole is bold.</summary>
    public static BlockForm Html { get; } = new(
        "",
        BlockPatterns.Html(),
        (name, sum, text) => $"<div>[serverless-backlog:{name} {sum}]</div>{ToHtml(text)}<div>[/serverless-backlog:{name}]</div>",
        FromHtml,
        "serverless-backlog:");

    public static string ToHtml(string markdown) => string.Concat(markdown.Split('\n').Select(line => line.Length == 0
        ? "<div><br></div>"
        : BlockPatterns.BoldLine().Match(line) is { Success: true } bold
            ? $"<div><b>{WebUtility.HtmlEncode(bold.Groups["text"].Value)}</b></div>"
            : $"<div>{WebUtility.HtmlEncode(line)}</div>"));

    /// <summary>The Markdown that <see cref="ToHtml"/> made it of, whatever the service did to spaces and entities.</summary>
    private static string FromHtml(string html) => string.Join('\n', BlockPatterns.Paragraph().Matches(html)
        .Select(p => WebUtility.HtmlDecode(BlockPatterns.AnyTag().Replace(p.Groups["text"].Value, t => BlockPatterns.BoldTag().IsMatch(t.Value) ? "**" : "")).Replace('\u00a0', ' ')));
}

internal static partial class BlockPatterns
{
    [GeneratedRegex(@"<!-- serverless-backlog:(?<name>[a-z0-9-]+) (?<sum>[0-9a-f]{8}) -->\r?\n(?<text>(?:(?!<!-- serverless-backlog:)[\s\S])*?)\r?\n<!-- /serverless-backlog:\k<name> -->")]
    public static partial Regex Comments();

    [GeneratedRegex(@"\[serverless-backlog:(?<name>[a-z0-9-]+) (?<sum>[0-9a-f]{8})\]\r?\n\r?\n(?<text>(?:(?!\[serverless-backlog:)[\s\S])*?)\r?\n\r?\n\[/serverless-backlog:\k<name>\]")]
    public static partial Regex Lines();

    [GeneratedRegex(@"<(?<tag>div|p)\b[^<>]*>\s*\[serverless-backlog:(?<name>[a-z0-9-]+) (?<sum>[0-9a-f]{8})\]\s*</\k<tag>>(?<text>(?:(?!\[serverless-backlog:)[\s\S])*?)<(?<end>div|p)\b[^<>]*>\s*\[/serverless-backlog:\k<name>\]\s*</\k<end>>")]
    public static partial Regex Html();

    [GeneratedRegex(@"\A\*\*(?<text>[^*]+)\*\*\z")]
    public static partial Regex BoldLine();

    [GeneratedRegex(@"<(?<tag>div|p)\b[^<>]*>(?<text>[\s\S]*?)</\k<tag>>")]
    public static partial Regex Paragraph();

    [GeneratedRegex(@"<[^<>]*>")]
    public static partial Regex AnyTag();

    [GeneratedRegex(@"\A</?(?:b|strong)\b[^<>]*>\z", RegexOptions.IgnoreCase)]
    public static partial Regex BoldTag();
}
