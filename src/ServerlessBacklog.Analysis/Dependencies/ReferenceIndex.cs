using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Dependencies;

/// <summary>
/// Turns what people write for an item into its ref: <c>#12</c>, <c>KEY-12</c>, <c>owner/repo#12</c>, <c>AB#12</c>, an address, or a bare key
/// of the backlog. Only items that exist are found.
/// </summary>
public sealed partial class ReferenceIndex
{
    private readonly Dictionary<(string Project, string Number), WorkItemRef> inProject = new(IgnoreCase.Instance);
    private readonly Dictionary<string, WorkItemRef> byAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, WorkItemRef> byNumber;

    public ReferenceIndex(IEnumerable<WorkItem> items)
    {
        var all = items as IReadOnlyCollection<WorkItem> ?? [.. items];
        foreach (var item in all)
        {
            inProject.TryAdd((item.Ref.Project, item.Ref.Number), item.Ref);
            if (item.Url is { IsAbsoluteUri: true } url)
                byAddress.TryAdd(url.AbsoluteUri.TrimEnd('/'), item.Ref);
        }

        byNumber = all.Select(i => i.Ref).ToLookup(r => r.Number, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What looks like a reference; <see cref="Find"/> says whether it is one.</summary>
    internal const string Pattern = @"(?:https?://[^\s)\]>""']+|[\w.-]+/[\w.-]+\#\d+|\bAB\#\d+|(?<![\w&/])\#[\w-]*\w|\b[A-Za-z][A-Za-z0-9_]*-[A-Za-z0-9]+(?:\.\d+)*\b)";

    /// <summary>The item that <paramref name="text"/> names when <paramref name="from"/> says it; null when there is none.</summary>
    public WorkItemRef? Find(string text, WorkItemRef from)
    {
        if (text.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return FromAddress(text.TrimEnd('.', ',', ';', ':', '!', '/'), from);
        if (text.StartsWith("AB#", StringComparison.OrdinalIgnoreCase))
            return byNumber[text[3..]].FirstOrDefault(r => r.Tracker == "azuredevops");
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash switch
        {
            > 0 => inProject.GetValueOrDefault((text[..hash], text[(hash + 1)..])),
            0 => inProject.GetValueOrDefault((from.Project, text[1..])),
            _ => inProject.GetValueOrDefault((from.Project, text)) ?? (byNumber[text].Count() == 1 ? byNumber[text].First() : null),
        };
    }

    private WorkItemRef? FromAddress(string address, WorkItemRef from)
    {
        if (byAddress.TryGetValue(address, out var known))
            return known;
        var match = Issue().Match(address);
        if (match.Success)
            return inProject.GetValueOrDefault((match.Groups["project"].Value, match.Groups["number"].Value));
        match = Browse().Match(address);
        return match.Success ? inProject.GetValueOrDefault((from.Project, match.Groups["number"].Value)) : null;
    }

    [GeneratedRegex(@"^https?://[^/]+/(?<project>.+?)/(?:-/)?(?:issues|pull|merge_requests)/(?<number>\d+)(?:[#?].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Issue();

    [GeneratedRegex(@"/(?:browse/|_workitems/edit/|show_bug\.cgi\?id=)(?<number>[\w-]+)(?:[#?&].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Browse();

    private sealed class IgnoreCase : IEqualityComparer<(string Project, string Number)>
    {
        public static IgnoreCase Instance { get; } = new();

        public bool Equals((string Project, string Number) x, (string Project, string Number) y) =>
            StringComparer.OrdinalIgnoreCase.Equals(x.Project, y.Project) && StringComparer.OrdinalIgnoreCase.Equals(x.Number, y.Number);

        public int GetHashCode((string Project, string Number) key) => HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(key.Project), StringComparer.OrdinalIgnoreCase.GetHashCode(key.Number));
    }
}
