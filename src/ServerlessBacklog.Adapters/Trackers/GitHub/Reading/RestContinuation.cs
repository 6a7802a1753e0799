namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>
/// Where a reading over REST left off: the list that is read, what it brought so far, and the address of the next page under the base,
/// as GitHub gave it. Good for as long as GitHub takes that address.
/// </summary>
internal sealed record RestContinuation(RestList List, int Seen, string Address)
{
    private const string Mark = "rest";

    public override string ToString() => $"{Mark}|{List}|{Seen}|{Address}";

    /// <summary>Null for a text that is none of ours: reading then begins anew.</summary>
    public static RestContinuation? TryParse(string? text)
    {
        if (text?.Split('|', 4) is not [Mark, var list, var seen, var address] || !Enum.TryParse<RestList>(list, out var parsed)
            || !Enum.IsDefined(parsed) || !int.TryParse(seen, out var count) || count < 0)
            return null;
        // Only a path under the base: neither another host nor a way out of the base.
        return address.Length is > 0 and < 4000 && address[0] is not ('/' or '\\') && !address.Split('?')[0].Contains(':', StringComparison.Ordinal)
            && !address.Split('?')[0].Split('/').Contains("..") ? new RestContinuation(parsed, count, address) : null;
    }
}

internal enum RestList
{
    Open,
    Closed,
    Changed,
}
