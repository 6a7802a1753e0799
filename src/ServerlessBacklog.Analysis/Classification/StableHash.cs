namespace ServerlessBacklog.Analysis.Classification;

/// <summary>FNV-1a over UTF-16 units: the same on every run and machine, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    private const uint Start = 2166136261u;
    private const uint Prime = 16777619u;

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = Start;
        foreach (var c in text)
            hash = (hash ^ c) * Prime;
        return hash;
    }

    /// <summary>Of letters only, without case: lines that differ in numbers and signs are one.</summary>
    public static uint OfLetters(ReadOnlySpan<char> text)
    {
        var hash = Start;
        foreach (var c in text)
        {
            if (char.IsLetter(c))
                hash = (hash ^ char.ToLowerInvariant(c)) * Prime;
        }

        return hash;
    }

    /// <summary>Of numbers in their order.</summary>
    public static uint Mix(params ReadOnlySpan<uint> parts)
    {
        var hash = Start;
        foreach (var part in parts)
        {
            hash = (hash ^ (part & 0xffff)) * Prime;
            hash = (hash ^ (part >> 16)) * Prime;
        }

        return hash;
    }
}
