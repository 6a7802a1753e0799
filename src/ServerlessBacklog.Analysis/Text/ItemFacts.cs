using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

public enum FactKind
{
    Version,
    Platform,

    /// <summary>A web host that the text names: <c>example.org</c>.</summary>
    Site,

    /// <summary>An exception type, error constant, status or error code.</summary>
    Error,

    /// <summary>A file name.</summary>
    File,

    /// <summary>A bare number in the title that is no version: part 2.</summary>
    Number,
}

/// <param name="Value">Lower-cased, so that equal facts are equal texts.</param>
/// <param name="InTitle">True where the title states it: then it is what the item is about.</param>
public readonly record struct ItemFact(FactKind Kind, string Value, bool InTitle);

/// <summary>Hard facts in bug language, by which two reports that read alike turn out to be about the same thing or about different ones.</summary>
public static partial class ItemFacts
{
    /// <summary>More facts than this are a log, not a statement.</summary>
    public const int Limit = 40;

    private const int BodyLimit = 8_000;

    private static readonly (FactKind Kind, Regex Pattern)[] Patterns =
    [
        (FactKind.Error, ErrorPattern()),
        (FactKind.Site, SitePattern()),
        (FactKind.File, FilePattern()),
        (FactKind.Version, VersionPattern()),
        (FactKind.Platform, PlatformPattern()),
        (FactKind.Number, NumberPattern()),
    ];

    /// <summary>Distinct facts of the title and the first 8,000 characters of the body, at most <see cref="Limit"/>.</summary>
    public static IReadOnlyList<ItemFact> Find(string title, string body)
    {
        var facts = new List<ItemFact>();
        var seen = new HashSet<(FactKind, string)>();
        Collect(title, true);
        Collect(body[..Math.Min(body.Length, BodyLimit)], false);
        return facts;

        void Collect(string text, bool inTitle)
        {
            var told = UserAgent().Replace(text, "");
            foreach (var (kind, pattern) in Patterns)
            {
                if (kind == FactKind.Number && !inTitle)
                    continue;
                var read = kind == FactKind.Version ? told : text;
                foreach (var match in pattern.EnumerateMatches(read))
                {
                    var value = Normalise(kind, read.Substring(match.Index, match.Length));
                    if (facts.Count < Limit && !(kind == FactKind.Number && seen.Contains((FactKind.Version, value))) && seen.Add((kind, value)))
                        facts.Add(new ItemFact(kind, value, inTitle));
                }
            }
        }
    }

    private static string Normalise(FactKind kind, string value)
    {
        var text = value.ToLowerInvariant();
        return kind switch
        {
            FactKind.Site when text.StartsWith("www.", StringComparison.Ordinal) => text[4..],
            FactKind.Version => text.TrimStart('v'),
            FactKind.Platform => string.Join(' ', text.Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries)),
            _ => text,
        };
    }

    private const RegexOptions Plain = RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\b(?:[A-Z][A-Za-z0-9]{2,60}(?:Exception|Error)|[A-Z]{2,12}_ERR(?:OR)?_[A-Z0-9_]{2,40}|E(?:ACCES|ADDRINUSE|AGAIN|BADF|BUSY|CONN(?:ABORTED|REFUSED|RESET)|EXIST|HOSTUNREACH|INVAL|ISDIR|MFILE|NOENT|NOMEM|NOSPC|NOTDIR|NOTEMPTY|NOTFOUND|PERM|PIPE|ROFS|TIMEDOUT)|0x[0-9a-fA-F]{6,16}|HTTP[ /]?[45]\d\d|(?:[Ee]rror(?: code)?:? )\d{2,6})\b", Plain)]
    private static partial Regex ErrorPattern();

    [GeneratedRegex(@"\b(?:www\.[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}|(?<=://)[a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,3}|[a-z0-9-]{2,60}\.(?-i:com|org|net|io|gov|edu|info|dev|app|eu|de|fr|nl|ch|uk|ca|au|pl|se|dk|fi|cz|ru|jp|cn|br|pt|es))\b", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex SitePattern();

    [GeneratedRegex(@"\b[A-Za-z0-9_-]{2,60}\.(?:cs|js|jsm|mjs|ts|tsx|cpp|cc|hpp|java|kt|py|rb|go|rs|php|xml|xul|xhtml|html|css|json|yml|yaml|toml|ini|dll|exe|so|jar|md|sh|ps1|sql|csproj)\b", Plain)]
    private static partial Regex FilePattern();

    [GeneratedRegex(@"\bv?\d{1,4}\.\d{1,4}(?:\.\d{1,5}){0,2}(?:(?:a|b|rc|beta|alpha|pre|preview)\d{0,3})?\b", Plain)]
    private static partial Regex VersionPattern();

    /// <summary>The part of a user-agent string that every browser of its time shares: its numbers tell nothing.</summary>
    [GeneratedRegex(@"\bMozilla/\d\.\d \([^)]{0,200}\)(?: (?:Gecko|AppleWebKit)/[\d.]+)?", Plain)]
    private static partial Regex UserAgent();

    [GeneratedRegex(@"(?<![\w.-])\d{1,6}(?:\.\d{1,6}){0,3}(?![\w-])", Plain)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\b(?:windows(?: nt)?(?: (?:xp|vista|7|8|8\.1|10|11))?|mac ?os(?: x)?|os x|linux|ubuntu|debian|fedora|freebsd|android|ios|ipados)\b", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex PlatformPattern();
}
