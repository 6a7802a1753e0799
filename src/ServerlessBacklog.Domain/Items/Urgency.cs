namespace ServerlessBacklog.Domain.Items;

/// <summary>
/// Reads the many spellings of priority and severity onto one scale: 1 (drop everything) to 5 (some day).
/// Trackers number them from 0 or from 1 and use words; a word that we do not know is null, never a middle value.
/// </summary>
public static class Urgency
{
    public const int Highest = 1;
    public const int Lowest = 5;

    /// <summary>1 … 5, or null when <paramref name="priority"/> is absent or unknown.</summary>
    public static int? FromPriority(string? priority) => Normalise(priority) switch
    {
        "p0" or "0" or "1" or "p1" or "critical" or "blocker" or "urgent" or "highest" or "immediate" or "must have" or "must" => 1,
        "2" or "p2" or "high" or "major" or "should have" or "should" or "important" => 2,
        "3" or "p3" or "medium" or "normal" or "moderate" or "default" or "could have" or "could" => 3,
        "4" or "p4" or "low" or "minor" => 4,
        "5" or "p5" or "lowest" or "trivial" or "backlog" or "won't have" or "wont" or "won't" => 5,
        _ => null,
    };

    /// <summary>1 … 5, or null when <paramref name="severity"/> is absent or unknown.</summary>
    public static int? FromSeverity(string? severity) => Normalise(severity) switch
    {
        "s1" or "1" or "1 - critical" or "blocker" or "critical" or "catastrophic" => 1,
        "s2" or "2" or "2 - high" or "major" or "high" => 2,
        "s3" or "3" or "3 - medium" or "normal" or "medium" or "moderate" => 3,
        "s4" or "4" or "4 - low" or "minor" or "low" => 4,
        "s5" or "5" or "trivial" or "cosmetic" or "enhancement" => 5,
        _ => null,
    };

    private static string? Normalise(string? text)
    {
        var word = text?.Trim().ToLowerInvariant();
        if (word is null)
            return null;
        foreach (var prefix in Prefixes)
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
                return word[prefix.Length..].Trim(' ', ':', '/', '-');
        }

        return word;
    }

    private static readonly string[] Prefixes = ["priority", "prio", "severity", "sev"];
}
