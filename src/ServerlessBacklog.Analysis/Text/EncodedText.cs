namespace ServerlessBacklog.Analysis.Text;

/// <summary>What of an item is given to an encoder: its title and the beginning of its description, where it says what it is about.</summary>
public static class EncodedText
{
    private const int BodyLimit = 400;

    public static string Of(string title, string body)
    {
        var start = body.AsSpan().TrimStart();
        return $"{title}. {start[..Math.Min(start.Length, BodyLimit)]}";
    }
}
