using System.Text.RegularExpressions;

namespace ServerlessBacklog.Analysis.Clarity;

/// <summary>What <see cref="VagueModel"/> looks at: few things, for more did not hold on rows that it had not seen (docs/measurements/vague-stale-links.md).</summary>
public static partial class VagueSigns
{
    /// <summary>The score of the parts, and 1 where the description names the item that it fixes, ports or follows: who reads on there finds the rest.</summary>
    public static double[] Of(ClarityReport report, string body) => Of(report.Score, PlainText.Of(body));

    internal static double[] Of(double score, PlainText body) => [score, NamedItem().IsMatch(body.Prose) ? 1 : 0];

    [GeneratedRegex(@"\b(?:fix(?:es|ed|ing)?|close[sd]?|resolve[sd]?|port(?:ing)?|address(?:es)?|tracked by|contributes to|relate[sd]? to|depends on|refs?|follow-? ?up)\b:?\s*(?:for|on|of|to)?\s*(?:https?://\S+|#\d+|\|?bug \d+|[A-Z]{2,}-\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedItem();
}
