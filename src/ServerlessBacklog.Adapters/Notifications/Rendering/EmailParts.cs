using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>Small parts of an e-mail, each with its styles on it: Outlook reads no style sheet, and Gmail drops one that it does not like.</summary>
internal static class EmailParts
{
    public static readonly Markup Font = new("font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif");

    /// <summary>Text of others that is no link: what mail programs would make a link of is taken apart.</summary>
    public static Markup Foreign(string text) => Span(ForeignText.Unlinked(text));

    /// <summary>Text in its own direction.</summary>
    public static Markup Span(string text) => ForeignText.IsRightToLeft(text) ? Markup.Of($"<span dir=\"auto\" style=\"unicode-bidi:isolate\">{text}</span>") : Markup.Of($"{text}");

    public static Markup Paragraph(string text) =>
        Markup.Of($"<p class=\"text\" style=\"margin:0 0 10px;{Font};font-size:15px;line-height:23px;color:#1b1d20\">{Foreign(text)}</p>");

    public static Markup Note(string text) =>
        Markup.Of($"<p class=\"muted\" style=\"margin:0 0 10px;{Font};font-size:13px;line-height:20px;color:#5a6069\">{Foreign(text)}</p>");

    public static Markup Button(string label, string link) => Markup.Of($"""
        <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="display:inline-block;margin:4px 8px 4px 0"><tr><td class="button" bgcolor="#0a6670" style="background-color:#0a6670;border-radius:8px;padding:11px 18px"><a class="label" href="{link}" style="{Font};font-size:15px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none">{Foreign(label)}</a></td></tr></table>
        """);
}
