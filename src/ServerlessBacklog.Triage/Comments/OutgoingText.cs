using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Makes Markdown fit to be written on a tracker in our name, whatever it holds: it names and calls nobody, leads nowhere but to the
/// tracker, and gives nothing away. Pure, total, and idempotent: clean text stays as it is.
/// <para>
/// What would have an effect is taken apart with a zero width space (U+200B) after its first sign: <c>@</c>+U+200B+<c>user</c>. It looks
/// the same and can be copied as a whole. GitHub looks for mentions and references in the text that is left after Markdown is rendered, so
/// that backslashes and entities (<c>\@user</c>, <c>&amp;#64;user</c>) would not help, while code spans would change how it looks; a space
/// that is really there stays there (bots that write release notes on GitHub do the same). Azure DevOps links <c>#12</c> and <c>!12</c>
/// when it shows a comment, by the sign and the digit right after it, and its mentions are HTML, which does not get through either.
/// The same signs are taken apart inside of code too: then nothing depends on whether the tracker agrees where code begins.
/// </para>
/// </summary>
public sealed record OutgoingText
{
    /// <summary>GitHub refuses 65,536 characters; what follows the text (a marker, a footer) needs room too.</summary>
    public const int LongestText = 60_000;

    internal const char Space = '\u200B';

    private const int LongestInput = 200_000;
    private const string CutNote = "\n\n… (cut)";

    /// <summary>The item that is written on: <c>#12</c> is understood from there.</summary>
    public required WorkItemRef Home { get; init; }

    /// <summary>Items that may be named so that the tracker links them; no others are.</summary>
    public IReadOnlyCollection<WorkItemRef> MayName { get; init; } = [];

    /// <summary>Hosts that links may lead to, with their port if any: <c>github.com</c>. Links to items there only for <see cref="MayName"/>.</summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>Characters; longer text is cut at the end of a line.</summary>
    public int MaxLength { get; init; } = LongestText;

    /// <summary>The text as it may be sent, or why it may not: it holds what looks like a secret.</summary>
    public OutgoingAnswer Clean(string markdown)
    {
        if (SecretScan.Find(markdown) is { } found)
            return OutgoingAnswer.Refused(found);
        var names = new AllowedNames(Home, MayName, Hosts);
        var text = Apply(PlainCharacters.Of(markdown.Length > LongestInput ? markdown[..LongestInput] : markdown), names);
        for (var room = MaxLength - CutNote.Length - 20; text.Length > MaxLength; room -= 500)
            text = Apply(CutAt(text, Math.Max(0, room)) + CutNote, names);
        return SecretScan.Find(text) is { } joined ? OutgoingAnswer.Refused(joined) : OutgoingAnswer.Of(text);
    }

    private static string Apply(string text, AllowedNames names) => TextBreaks.Apply(TextDrops.Apply(text, names), names);

    /// <summary>At the end of a line, else between words: half a number would name another item.</summary>
    private static string CutAt(string text, int length)
    {
        var line = text.LastIndexOf('\n', Math.Max(0, length - 1));
        if (line > length / 2)
            return text[..line].TrimEnd();
        var word = text.AsSpan(0, length).LastIndexOfAny(' ', '\n', '\t');
        return word > 0 ? text[..word].TrimEnd() : "";
    }
}

/// <param name="Text">What may be sent; null when nothing may.</param>
/// <param name="Why">Why nothing may be sent, in one clause that does not quote it.</param>
public sealed record OutgoingAnswer(string? Text, string? Why)
{
    public static OutgoingAnswer Of(string text) => new(text, null);

    public static OutgoingAnswer Refused(string kind) => new(null, $"the text holds what looks like {kind}");
}
