using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;

/// <summary>
/// The last line of our comment, <c>ref sb-1a2b3c4d/9f8e7d6c</c>: first which item it was written for, then which effect wrote it last. Of comments
/// that an item may have any number of, the name stands between: <c>ref sb-5e6f7a8b-1a2b3c4d/9f8e7d6c</c>. It is plain words,
/// since Azure DevOps keeps rendered HTML and may drop comments in markup; nothing else of a comment can be searched by.
/// </summary>
internal static partial class CommentRef
{
    /// <summary>Name of the comment that gathers what duplicates add; that of triage has none.</summary>
    public const string Gathered = "duplicates";

    /// <summary>The part that stays the same as long as the comment lives.</summary>
    /// <param name="name">Of the comment, where it is another one than that of triage.</param>
    public static string OfItem(WorkItemRef item, string? name = null) => name switch
    {
        null => $"sb-{Digest(item.ToString())}",
        Gathered => $"sb-{Digest($"{item} {name}")}",
        _ => $"{OfNamed(item)}{Digest(name)}",
    };

    public static string OfNotice(string name) => $"notice {name}";

    public static string OfReply(string name) => $"reply {name}";

    /// <summary>The whole line.</summary>
    public static string Line(WorkItemRef item, string effect, string? name = null) => $"ref {OfItem(item, name)}/{Digest(effect)}";

    /// <summary>True for any comment of ours on the item.</summary>
    public static bool IsOurs(string text, WorkItemRef item) =>
        IsIn(text, OfItem(item)) || IsIn(text, OfItem(item, Gathered)) || Find(text)?.StartsWith($"ref {OfNamed(item)}", StringComparison.Ordinal) == true;

    /// <summary>The text without its last line.</summary>
    public static string TextOf(string text) => LastLine().Match(text) is { Success: true } line ? text[..line.Index].TrimEnd() : text;

    /// <summary>True when a text, Markdown or HTML, ends with a line of this item. One that is quoted further up is somebody else's.</summary>
    public static bool IsIn(string text, string reference) => Find(text) is { } line && line.StartsWith($"ref {reference}/", StringComparison.Ordinal);

    /// <summary>True when the effect that wrote a text last is <paramref name="effect"/>.</summary>
    public static bool IsBy(string text, WorkItemRef item, string effect, string? name = null) => Find(text) == Line(item, effect, name);

    /// <summary>How all references of named comments on an item begin: another item's, quoted, do not.</summary>
    private static string OfNamed(WorkItemRef item) => $"sb-{Digest($"{item} named")}-";

    private static string? Find(string text) => LastLine().Match(text) is { Success: true } match ? match.Value.Trim() : null;

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    [GeneratedRegex(@"ref sb-[0-9a-f]{8}(?:-[0-9a-f]{8})?/[0-9a-f]{8}(?=(?:\s|&nbsp;|</?[a-zA-Z][^<>]*>|[*_`])*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex LastLine();
}
