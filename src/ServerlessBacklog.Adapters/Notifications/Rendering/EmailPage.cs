using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Notifications.Rendering;

internal static class EmailPage
{
    public static Markup Of(Digest digest) => Markup.Of($"<!DOCTYPE html><html lang=\"en\"><body><h1>{Wording.Title(digest)}</h1><p>{Wording.About(digest)}</p>{Markup.Join(digest.Sections.Select(s => Markup.Of($"<h2>{Wording.Heading(s.Heading)}</h2>{Markup.Join(s.Lines.Select(l => Markup.Of($"<p>{Wording.Line(l)}</p>")))}{Markup.Join(s.Items.Select(i => Markup.Of($"<p>{Wording.Name(i)} {Wording.Title(i)} {i.Note}</p>")))}")))}</body></html>");
}
