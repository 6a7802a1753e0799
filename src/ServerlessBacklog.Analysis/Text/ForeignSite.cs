using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Text;

/// <summary>
/// Whether a report is about one website of other people and nothing else: the program is fine by the report, only that site looks wrong or does not work in it. By
/// words alone; a report that names a cause, a version that worked, or more sites is not one.
/// </summary>
public static partial class ForeignSite
{
    private const int Limit = 20_000;

    /// <summary>Sites that one report may name and still be about one.</summary>
    private const int MostSites = 2;

    private const TextSignals Ours = TextSignals.Crash | TextSignals.Hang | TextSignals.Performance | TextSignals.Regression | TextSignals.DataLoss | TextSignals.Security | TextSignals.StackTrace;

    /// <summary>The site's name (<c>example.org</c>); null when the report is about something else.</summary>
    /// <param name="own">Names that a site of ours would contain, at least four letters each: the project, the host of the tracker.</param>
    public static string? Of(string title, string body, TextSignals signals, IReadOnlyCollection<string> own)
    {
        var text = string.Concat(title, "\n", body.AsSpan(0, Math.Min(body.Length, Limit)));
        if ((signals & Ours) != 0 || ManySites().IsMatch(text) || OnceWorked().IsMatch(text) || Cause().IsMatch(text))
            return null;
        var named = Sites(title).ToList();
        var sites = named.Concat(Sites(body)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return sites.Count is 0 or > MostSites || !(named.Count > 0 || Page().IsMatch(text)) || sites.Exists(s => own.Any(o => s.Contains(o, StringComparison.OrdinalIgnoreCase)))
            ? null
            : sites[0];
    }

    private static IEnumerable<string> Sites(string text) => Host().Matches(text).Select(m => m.Groups["host"].Value.ToLowerInvariant())
        .Where(h => !ReportPlaces().IsMatch(h)).Select(Domain).OfType<string>();

    /// <summary>The last two labels, three where the second is a short one as in <c>co.uk</c>.</summary>
    private static string? Domain(string host)
    {
        var labels = host.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return labels.Length < 2 ? null
            : labels.Length > 2 && labels[^2].Length <= 3 && labels[^1].Length == 2 ? string.Join('.', labels[^3..])
            : string.Join('.', labels[^2..]);
    }

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"(?:https?://|\bwww\.)(?<host>[a-z0-9][a-z0-9.-]*\.[a-z]{2,})|(?<![\w./@-])(?<host>(?:[a-z0-9-]+\.)+(?:com|org|net|info|eu|de|nl|fr|uk|it|es|at|ch|be|pl|cz|se|jp|ru|br|in|tv|io))\b(?![\w-]*\()", Plain)]
    private static partial Regex Host();

    /// <summary>Places where reports and their attachments live, not what they are about.</summary>
    [GeneratedRegex(@"bugzilla|webcompat|imgur|pastebin|wikipedia|w3\.org|stackoverflow|bit\.ly|github\.io|githubusercontent", Plain)]
    private static partial Regex ReportPlaces();

    [GeneratedRegex(@"\b(?:web|internet)? ?(?:sites?|pages?)\b|\b(?:log ?in|loads?|loading|displayed|scroll\w*|menus?|browser)\b", Plain)]
    private static partial Regex Page();

    [GeneratedRegex(@"\b(?:many|other|several|all|some|various|multiple|certain|few) (?:other |more |of the )?(?:internet ?|web ?)?(?:sites|pages|shops)\b|\bother ones\b|\bsame (?:effect|problem|issue|thing)s? (?:on|with|at|in) (?:https?|\[|other|many|all)|\be\.g\. ?http", Plain)]
    private static partial Regex ManySites();

    [GeneratedRegex(@"\b(?:was|were) working\b|\b(?:worked|did work)\b|\bused to\b|\bno longer\b|\b(?:earlier|previous|older) versions? (?:did|do|does|work)|\bbut not (?:on|in|with)\b|\bin \w+ \d[\d.]+ (?:it|this) works\b", Plain)]
    private static partial Regex OnceWorked();

    [GeneratedRegex(@"\b(?:because of|caused by|due to|root cause|integrity|regressed by|changeset|(?:Firefox|this|like in) bug\b)|\bbug \d{5,}|show_bug\.cgi\?id=\d+", Plain)]
    private static partial Regex Cause();
}
