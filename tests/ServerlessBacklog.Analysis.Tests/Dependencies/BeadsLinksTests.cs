using System.Text.Json;
using ServerlessBacklog.Analysis.Dependencies;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Analysis.Tests.Dependencies;

/// <summary>Text mentions against the links that a real tracker holds (fixtures/dependencies/README.md).</summary>
public sealed class BeadsLinksTests
{
    [Fact]
    public void Text_mentions_agree_with_the_trackers_own_links()
    {
        var records = File.ReadLines(Path.Combine(Root(), "tests", "fixtures", "dependencies", "beads-links.jsonl"))
            .Select(l => JsonSerializer.Deserialize<Linked>(l, JsonSerializerOptions.Web)!)
            .ToList();
        var items = records.Select(r => An.Item(r.Id, r.Title, r.Body)).ToList();
        var truth = records.SelectMany(r => r.BlockedBy.Select(b => new Dependency(An.Ref(r.Id), An.Ref(b)))).ToHashSet();
        var references = new ReferenceIndex(items);

        var found = items.SelectMany(i => DependencyMentions.Find(i, references).Select(m => Directed(i.Ref, m))).ToHashSet();

        // Half of the tracker's links have no wording of dependency in the text ("Parent audit: …"): recall cannot be high.
        var hits = found.Count(truth.Contains);
        ((double)hits / found.Count).ShouldBeGreaterThan(0.8);
        ((double)hits / truth.Count).ShouldBeGreaterThan(0.4);
    }

    private static Dependency Directed(WorkItemRef item, DependencyMention mention) =>
        mention.IsBlockedBy ? new Dependency(item, mention.Target) : new Dependency(mention.Target, item);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessBacklog.sln")))
            folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }

    private sealed record Linked(string Id, string Title, string Body, IReadOnlyList<string> BlockedBy);
}
