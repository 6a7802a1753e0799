using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Comments;

/// <summary>How allowed items are written on a tracker, and which addresses may be linked.</summary>
internal sealed partial class AllowedNames
{
    private const string GitHub = "github";
    private const string AzureDevOps = "azuredevops";

    private readonly HashSet<string> texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> hosts;

    public AllowedNames(WorkItemRef home, IEnumerable<WorkItemRef> items, IEnumerable<string> hosts)
    {
        this.hosts = new HashSet<string>(hosts, StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            texts.UnionWith(TextsFor(home, item));
            paths.UnionWith(PathsOf(item));
        }
    }

    /// <summary>The short name of an item as the tracker links it from <paramref name="home"/>; its whole name where it does not.</summary>
    public static string TextFor(WorkItemRef home, WorkItemRef item) => TextsFor(home, item).FirstOrDefault() ?? item.ToString();

    /// <param name="text"><c>#12</c>, <c>owner/repo#12</c>, <c>AB#12</c>.</param>
    public bool MayName(string text) => texts.Contains(text);

    /// <summary>Only plain addresses pass: what a browser would rewrite, or could take for a name and password, does not.</summary>
    public bool MayLink(string address)
    {
        if (PlainAddress().Match(address) is not { Success: true } match || !hosts.Contains(match.Groups["host"].Value))
            return false;
        var path = match.Groups["path"].Value;
        return paths.Contains(path.Replace("%20", " ", StringComparison.Ordinal)) || (!OddPath().IsMatch(path) && !ItemPath().IsMatch(path));
    }

    private static IEnumerable<string> TextsFor(WorkItemRef home, WorkItemRef item) => (home.Tracker, item.Tracker) switch
    {
        (GitHub, GitHub) when IsSame(home.Project, item.Project) => [$"#{item.Number}", $"{item.Project}#{item.Number}"],
        (GitHub, GitHub) => [$"{item.Project}#{item.Number}"],
        (GitHub, AzureDevOps) => [$"AB#{item.Number}"],
        (AzureDevOps, AzureDevOps) when IsSame(Organization(home), Organization(item)) => [$"#{item.Number}"],
        _ => [],
    };

    private static IEnumerable<string> PathsOf(WorkItemRef item) => item.Tracker switch
    {
        GitHub => [$"/{item.Project}/issues/{item.Number}", $"/{item.Project}/pull/{item.Number}"],
        AzureDevOps => [$"/{item.Project}/_workitems/edit/{item.Number}"],
        _ => [],
    };

    private static string Organization(WorkItemRef item) => item.Project.Split('/')[0];

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\Ahttps?://(?<host>[A-Za-z0-9.-]+(?::[0-9]{1,5})?)(?<path>(?:/(?:[A-Za-z0-9._~/-]|%20)*)?)\z")]
    private static partial Regex PlainAddress();

    /// <summary>Steps that a browser leaves out, and what would be a reference in an address that is not taken for one.</summary>
    [GeneratedRegex(@"//|/\.{1,2}(?:/|\z)|GH-[0-9]|(?<![A-Z0-9])[0-9A-F]{7,}(?![A-Z0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex OddPath();

    /// <summary>Addresses of issues, pull requests, discussions, commits and work items: a link to one shows up there.</summary>
    [GeneratedRegex(@"/(?:issues|pulls?|discussions|commits?|compare|_workitems|_git|pullrequest|milestones?)/[^/]", RegexOptions.IgnoreCase)]
    private static partial Regex ItemPath();
}
