namespace ServerlessBacklog.Adapters.Trackers.GitHub;

/// <summary>The hidden marks that tell our comment from all others, and which effect wrote it.</summary>
internal static class OurMark
{
    public const string Comment = "<!-- serverless-backlog -->";

    /// <summary>On the comment that gathers what duplicates add.</summary>
    public const string Gathered = "<!-- serverless-backlog:duplicates -->";

    private const string Start = "<!-- serverless-backlog";
    private const string Effect = "<!-- serverless-backlog:effect ";
    private const string Notices = "<!-- serverless-backlog:notice ";
    private const string Replies = "<!-- serverless-backlog:reply ";

    /// <summary>GitHub refuses more than 65,536 characters; the marks need room too.</summary>
    public const int LongestText = 60_000;

    private const string Cut = "\n\n… (cut: the report has the rest)";

    /// <summary>True for a comment with that mark of ours, whatever account wrote it.</summary>
    public static bool IsOn(string? body, string mark = Comment) => body?.Contains(mark, StringComparison.Ordinal) == true;

    /// <summary>True for any comment of ours, whatever account wrote it.</summary>
    public static bool IsOnAny(string? body) => IsOn(body) || IsOn(body, Gathered) || IsOnNotice(body) || IsOn(body, Replies);

    /// <summary>True for a notice of ours, by whatever name and whatever account.</summary>
    public static bool IsOnNotice(string? body) => IsOn(body, Notices);

    /// <summary>The mark of the notice of that name.</summary>
    public static string OfNotice(string name) => $"{Notices}{Escaped(name)} -->";

    /// <summary>The mark of the reply of that name.</summary>
    public static string OfReply(string name) => $"{Replies}{Escaped(name)} -->";

    public static bool IsOf(string body, string effectKey) => body.Contains(EffectMark(effectKey), StringComparison.Ordinal);

    /// <summary>The comment as it is written: the text, cut if need be, then the marks.</summary>
    public static string Put(string markdown, string effectKey, string mark = Comment) => $"{Text(markdown)}\n\n{mark}\n{EffectMark(effectKey)}";

    /// <summary>A description of ours: the text, and the mark of the effect that wrote it.</summary>
    public static string PutIn(string markdown, string effectKey) => $"{Text(markdown)}\n\n{EffectMark(effectKey)}";

    /// <summary>What stands before the first mark of ours.</summary>
    public static string TextOf(string body) => Plain(body.IndexOf(Start, StringComparison.Ordinal) is >= 0 and var at ? body[..at] : body);

    /// <summary>True when the comment shows this text already, whichever effect wrote it.</summary>
    public static bool Shows(string body, string markdown) => body.Contains(Start, StringComparison.Ordinal) && TextOf(body) == Plain(Text(markdown));

    private static string Text(string markdown)
    {
        var text = markdown.Replace(Start, "<!-- ", StringComparison.Ordinal).TrimEnd();
        if (text.Length <= LongestText)
            return text;
        var end = LongestText - Cut.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Cut;
    }

    /// <summary>GitHub gives back other line ends than it was given.</summary>
    private static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim();

    private static string EffectMark(string key) => $"{Effect}{Escaped(key)} -->";

    /// <summary>Nothing in a key or name may end the mark.</summary>
    private static string Escaped(string key) => Uri.EscapeDataString(key).Replace("--", "%2D%2D", StringComparison.Ordinal);
}
