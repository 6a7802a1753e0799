using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>Words of consequence that a text holds. They weigh in priority and exempt from staleness.</summary>
[Flags]
public enum TextSignals
{
    None = 0,
    Security = 1,
    DataLoss = 2,
    Crash = 4,
    Hang = 8,
    Regression = 16,
    Workaround = 32,
    StackTrace = 64,
    Performance = 128,
    Cosmetic = 256,
}

/// <summary>Finds <see cref="TextSignals"/> by word patterns; deterministic, linear in the text's length.</summary>
public static partial class TextSignal
{
    private const int Limit = 20_000;

    private static readonly (TextSignals Signal, Regex Words)[] Patterns =
    [
        (TextSignals.Security, Security()),
        (TextSignals.DataLoss, DataLoss()),
        (TextSignals.Crash, Crash()),
        (TextSignals.Hang, Hang()),
        (TextSignals.Regression, Regression()),
        (TextSignals.Workaround, Workaround()),
        (TextSignals.Performance, Performance()),
        (TextSignals.Cosmetic, Cosmetic()),
        (TextSignals.StackTrace, StackTrace()),
    ];

    /// <summary>Signals of the title and the first 20,000 characters of the body.</summary>
    public static TextSignals Find(string title, string body)
    {
        var text = string.Concat(title, "\n", body.AsSpan(0, Math.Min(body.Length, Limit)));
        var found = TextSignals.None;
        foreach (var (signal, words) in Patterns)
        {
            if (words.IsMatch(text))
                found |= signal;
        }

        return found;
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\bsecurity (?:issue|hole|bug|vulnerability|flaw|risk)|\bvulnerabilit(?:y|ies)\b|\bxss\b|\bcve-\d{4}", Plain)]
    private static partial Regex Security();

    [GeneratedRegex(@"\bdata ?loss\b|\b(?:loses?|losing|lost|corrupt(?:s|ed)?) (?:\w+ )?(?:data|work|mails?|messages?|changes|files?|profiles?)\b", Plain)]
    private static partial Regex DataLoss();

    [GeneratedRegex(@"\bcrash(?:es|ed|ing)?\b|\bsegfaults?\b|\bsegmentation fault\b|\baccess violation\b", Plain)]
    private static partial Regex Crash();

    [GeneratedRegex(@"\bhangs?\b|\bhung\b|\bfreez(?:es|ing)\b|\bfrozen\b|\bdeadlocks?\b|\bunresponsive\b", Plain)]
    private static partial Regex Hang();

    [GeneratedRegex(@"\bregress(?:ion|ed|es)\b|\bused to work\b|\bno longer works?\b|\bstopped working\b", Plain)]
    private static partial Regex Regression();

    [GeneratedRegex(@"\bwork-?arounds?\b", Plain)]
    private static partial Regex Workaround();

    [GeneratedRegex(@"\b(?:very|too|extremely|so) slow\b|\bslow(?:ness|down|er)\b|\bperformance\b|\bmemory leaks?\b|\bhigh cpu\b", Plain)]
    private static partial Regex Performance();

    [GeneratedRegex(@"\btypos?\b|\bmisaligned\b|\bcosmetic\b|\bmisspel(?:t|led|ling)\b", Plain)]
    private static partial Regex Cosmetic();

    [GeneratedRegex(@"^[ \t]*(?:at [\w.$<>]+\(|Traceback \(most recent call last\)|#\d+\s+0x[0-9a-f]+|Caused by: )", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex StackTrace();
}
