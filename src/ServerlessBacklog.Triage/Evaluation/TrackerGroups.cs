using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>
/// Which items of a set belong to one tracker: usually those of one project. Projects that share what stands before a slash (<c>suite/writer</c>,
/// <c>suite/calc</c>) are one tracker where no id occurs twice among them and duplicates lead from one to another.
/// </summary>
public static class TrackerGroups
{
    /// <summary>Items by tracker, in the order in which trackers first occur; inside a tracker as they were given.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<LabelledItem> Items)> Of(IReadOnlyList<LabelledItem> items)
    {
        var families = items.GroupBy(i => Family(i.Project)).ToDictionary(f => f.Key, f => IsOne([.. f]));
        return [.. items.GroupBy(i => Family(i.Project) is var family && families[family] ? family : i.Project).Select(g => (g.Key, (IReadOnlyList<LabelledItem>)[.. g]))];
    }

    private static string Family(string project) => project.Split('/')[0];

    private static bool IsOne(IReadOnlyList<LabelledItem> family)
    {
        if (family.Select(i => i.Project).Distinct().Take(2).Count() < 2)
            return false;
        var projectOf = new Dictionary<string, string>();
        foreach (var item in family)
        {
            if (!projectOf.TryAdd(item.Item.Ref.Number, item.Project))
                return false;
        }

        return family.Any(i => i.Item.Linked(LinkKind.DuplicateOf).Any(t => projectOf.TryGetValue(t.Number, out var project) && project != i.Project));
    }
}
