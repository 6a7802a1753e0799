using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>Names of the files that a text links as attachments of its tracker. Their addresses stay where they are: they name accounts and keys.</summary>
internal static partial class Attachments
{
    public static IReadOnlyList<string> Of(string body) =>
        [.. Markdown().Matches(body).Concat(Html().Matches(body)).Select(m => m.Groups["name"].Value.Trim()).Select(n => n.Length > 0 ? n : "image").Distinct(StringComparer.Ordinal)];

    [GeneratedRegex(@"!?\[(?<name>[^\[\]\n]{0,200})\]\((?:https?://[^\s()]{1,200})?/(?:user-attachments/|[^\s()]{1,200}/files/|[^\s()]{1,400}_apis/wit/attachments/)[^\s()]{1,300}\)", RegexOptions.CultureInvariant)]
    private static partial Regex Markdown();

    [GeneratedRegex(@"<img\b[^<>]{0,500}?\bsrc=""[^""<>]{0,400}(?:user-attachments/|_apis/wit/attachments/)[^""<>?]{0,300}(?:\?fileName=(?<name>[^""&<>]{0,200}))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Html();
}
