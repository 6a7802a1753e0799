namespace ServerlessBacklog.Triage.Evaluation.Effort;

/// <summary>A project's items in three parts of time.</summary>
internal sealed record SplitItems(IReadOnlyList<LabelledItem> Train, IReadOnlyList<LabelledItem> Validation, IReadOnlyList<LabelledItem> Test)
{
    /// <summary>By the set's own marks where it has them, else 60, 20 and 20 % by creation.</summary>
    public static SplitItems Of(IReadOnlyList<LabelledItem> items)
    {
        if (items.All(i => i.Split is not null))
        {
            var parts = items.OrderBy(i => i.Place).ToLookup(i => i.Split!.ToLowerInvariant() is var s && s is "train" or "test" ? s : "val");
            if (parts["train"].Any() && parts["test"].Any())
                return new SplitItems([.. parts["train"]], [.. parts["val"]], [.. parts["test"]]);
        }

        var sorted = items.OrderBy(i => i.Item.CreatedAt ?? DateTimeOffset.MinValue).ThenBy(i => i.Place).ToList();
        var (first, second) = ((int)(0.6 * sorted.Count), (int)(0.8 * sorted.Count));
        return new SplitItems(sorted[..first], sorted[first..second], sorted[second..]);
    }
}
