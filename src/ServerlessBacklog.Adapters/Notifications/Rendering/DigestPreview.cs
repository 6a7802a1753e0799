namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <summary>An e-mail as one page for a browser: its pictures stand in it.</summary>
public static class DigestPreview
{
    public static string Of(RenderedEmail email) => email.Images.Aggregate(
        email.Html,
        (html, image) => html.Replace($"\"cid:{image.ContentId}\"", $"\"data:image/png;base64,{Convert.ToBase64String(image.Png.Span)}\"", StringComparison.Ordinal));
}
