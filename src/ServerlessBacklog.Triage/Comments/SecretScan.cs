using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>Finds what looks like a key or password. A find stops the text: a secret that stands in an item must not be repeated by us.</summary>
internal static class SecretScan
{
    /// <returns>What was found, as a noun with its article; null when nothing was.</returns>
    public static string? Find(string text)
    {
        var bare = text.Replace($"{OutgoingText.Space}", "", StringComparison.Ordinal);
        return SecretShapes.Sure.FirstOrDefault(shape => shape.IsIn(bare))?.Noun;
    }
}
