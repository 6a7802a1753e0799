using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>A digest as an e-mail that holds in Outlook, Gmail and Apple Mail: tables, styles on each element, charts as pictures inside the message.</summary>
public static class DigestEmail
{
    /// <summary>Bytes of HTML; Gmail hides what comes after 102 KB.</summary>
    public const int MaxBytes = 100_000;

    public static RenderedEmail Render(Digest digest)
    {
        var html = DigestCut.ToFit(digest, d => EmailPage.Of(d).Html, h => System.Text.Encoding.UTF8.GetByteCount(h) <= MaxBytes);
        return new RenderedEmail(ForeignText.Isolated(Wording.Title(digest)), html, DigestText.Render(digest), []);
    }
}
