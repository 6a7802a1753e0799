using System.Text;
using MimeKit;
using MimeKit.Utils;
using ServerlessBacklog.Adapters.Notifications.Rendering;

namespace ServerlessBacklog.Adapters.Notifications.Email;

/// <summary>A rendered digest as a message: text and HTML beside each other, pictures inside of it, headers that calm answering machines.</summary>
internal static class MailComposer
{
    /// <summary>Characters of a subject: titles of items are as long as people like.</summary>
    private const int LongestSubject = 200;

    public static MimeMessage Compose(RenderedEmail mail, MailboxAddress from, MailboxAddress to, Uri? unsubscribe, DateTimeOffset now)
    {
        var message = new MimeMessage { Subject = OneLine(mail.Subject), Date = now, MessageId = MimeUtils.GenerateMessageId(from.Domain) };
        message.From.Add(from);
        message.To.Add(to);
        // RFC 3834: no automatic answer to an automatic message.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (unsubscribe is not null)
        {
            // RFC 2369 and RFC 8058. As raw bytes: folded or encoded, mail programs would not know it again.
            message.Headers.Add(new Header(Encoding.ASCII, "List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>"));
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        message.Body = Body(mail);
        return message;
    }

    private static Multipart Body(RenderedEmail mail)
    {
        var related = new MultipartRelated { new TextPart("html") { Text = mail.Html } };
        foreach (var image in mail.Images)
        {
            related.Add(new MimePart("image", "png")
            {
                Content = new MimeContent(new MemoryStream(image.Png.ToArray())),
                ContentId = image.ContentId,
                ContentDisposition = new ContentDisposition(ContentDisposition.Inline) { FileName = $"{image.ContentId}.png" },
                ContentTransferEncoding = ContentEncoding.Base64,
            });
        }

        // The richest last (RFC 2046, 5.1.4).
        return new Multipart("alternative") { new TextPart("plain") { Text = mail.Text }, related };
    }

    private static string OneLine(string text)
    {
        var line = new string([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Trim();
        if (line.Length <= LongestSubject)
            return line;
        var end = LongestSubject - 1;
        return $"{line[..(char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)]}…";
    }
}
