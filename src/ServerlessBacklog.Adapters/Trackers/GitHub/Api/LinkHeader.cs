using System.Text.RegularExpressions;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Api;

/// <summary>The header in which GitHub says where other pages are (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The address of a page by its relation (<c>next</c>, <c>last</c>); null when there is none.</summary>
    public static Uri? Find(IEnumerable<string> values, string relation)
    {
        foreach (var value in values)
        {
            foreach (Match match in Entry().Matches(value))
            {
                if (match.Groups[2].Value.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase)
                    && Uri.TryCreate(match.Groups[1].Value, UriKind.Absolute, out var address))
                    return address;
            }
        }

        return null;
    }

    [GeneratedRegex("""<([^<>]{1,4000})>\s*;(?:\s*[a-z]+="[^"]*"\s*;)*\s*rel="?([a-zA-Z ]{1,40})"?""")]
    private static partial Regex Entry();
}
