using System.Text.RegularExpressions;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>
/// Finds what looks like a key or password, by the shapes that their makers document and, after a telling word, by how random it looks.
/// A find stops the text: a secret that stands in an item must not be repeated by us.
/// </summary>
internal static partial class SecretScan
{
    private const double RandomBitsPerCharacter = 3.0;

    /// <returns>What was found, as a noun with its article; null when nothing was.</returns>
    public static string? Find(string text)
    {
        var bare = text.Replace($"{OutgoingText.Space}", "", StringComparison.Ordinal);
        if (PrivateKey().IsMatch(bare))
            return "a private key";
        if (GitHubToken().IsMatch(bare))
            return "a GitHub token";
        if (AwsKey().IsMatch(bare))
            return "an AWS access key";
        if (SlackToken().IsMatch(bare))
            return "a Slack token or webhook";
        if (WebToken().IsMatch(bare))
            return "a signed web token";
        if (AzureKey().IsMatch(bare))
            return "an Azure storage key or shared access signature";
        if (OtherToken().IsMatch(bare))
            return "an access token";
        if (AddressWithPassword().IsMatch(bare))
            return "an address with a password in it";
        return Assignment().Matches(bare).Any(m => LooksRandom(m.Groups["value"].ValueSpan)) ? "a password" : null;
    }

    /// <summary>Two kinds of characters at least, and as many different ones as in random text (Shannon entropy).</summary>
    private static bool LooksRandom(ReadOnlySpan<char> value)
    {
        var counts = new Dictionary<char, int>();
        var (letters, digits) = (false, false);
        foreach (var c in value)
        {
            counts[c] = counts.GetValueOrDefault(c) + 1;
            letters |= char.IsAsciiLetter(c);
            digits |= char.IsAsciiDigit(c);
        }

        var length = (double)value.Length;
        var bits = counts.Values.Sum(n => -(n / length) * Math.Log2(n / length));
        return letters && digits && bits >= RandomBitsPerCharacter;
    }

    [GeneratedRegex(@"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30}|github_pat_[A-Za-z0-9_]{22})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com/services/[A-Za-z0-9]")]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8}")]
    private static partial Regex WebToken();

    [GeneratedRegex(@"(?:AccountKey|SharedAccessKey)\s{0,3}=\s{0,3}[A-Za-z0-9+/]{20}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==|[?&]sig=[A-Za-z0-9%+/]{20}", RegexOptions.IgnoreCase)]
    private static partial Regex AzureKey();

    /// <summary>Google, OpenAI, npm, NuGet, Stripe, GitLab, Azure DevOps.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:AIza[A-Za-z0-9_-]{35}|sk-[A-Za-z0-9_-]{20}|npm_[A-Za-z0-9]{36}|oy2[a-z0-9]{43}|[sr]k_live_[A-Za-z0-9]{16}|glpat-[A-Za-z0-9_-]{20}|[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4})")]
    private static partial Regex OtherToken();

    [GeneratedRegex(@"[a-z][a-z0-9+.-]{1,15}://[^\s/:@<>]{1,100}:[^\s/:@<>]{3,200}@", RegexOptions.IgnoreCase)]
    private static partial Regex AddressWithPassword();

    [GeneratedRegex(
        @"(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|client[_-]?secret)[""'`]?\s{0,5}[:=]\s{0,5}[""'`]?(?!https?:)(?<value>[A-Za-z0-9!$%^*_+=.,:;/\\~?-]{10,200})(?!\()",
        RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();
}
