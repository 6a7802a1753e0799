namespace ServerlessBacklog.Adapters.Notifications.Rendering;

/// <param name="Subject">One line.</param>
/// <param name="Html">At most 100 KB, images by <c>cid:</c>.</param>
/// <param name="Text">The same for those who read no HTML.</param>
public sealed record RenderedEmail(string Subject, string Html, string Text, IReadOnlyList<InlineImage> Images);

/// <param name="ContentId">As <c>cid:</c> names it, without brackets.</param>
/// <param name="Alt">What it shows, in words.</param>
public sealed record InlineImage(string ContentId, ReadOnlyMemory<byte> Png, string Alt);
