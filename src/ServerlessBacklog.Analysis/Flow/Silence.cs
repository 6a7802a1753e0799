using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Flow;

/// <summary>
/// Since when people have left an item alone, as well as its source tells. Bots and automatic edits never move it (FEATURES §2, pain 8).
/// </summary>
/// <param name="Since">The date that <paramref name="Basis"/> names; null only for <see cref="SilenceBasis.Unknown"/>.</param>
public sealed record Silence(SilenceBasis Basis, DateTimeOffset? Since)
{
    public static Silence Of(WorkItem item)
    {
        if (item.History.IsKnown && Latest(item.History.LastHumanActivity(), item.CreatedAt) is { } human)
            return new Silence(SilenceBasis.HumanActivity, human);
        if (item.UpdatedAt is { } updated)
            return new Silence(SilenceBasis.LastChange, updated);
        return item.CreatedAt is { } created
            ? new Silence(SilenceBasis.Creation, created)
            : new Silence(SilenceBasis.Unknown, null);
    }

    /// <summary>Whole days from <see cref="Since"/> to <paramref name="now"/>, at least 0; null when unknown.</summary>
    public int? Days(DateTimeOffset now) => Since is { } since ? Math.Max(0, (int)Math.Floor((now - since).TotalDays)) : null;

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}

/// <summary>What a silence was computed from, and so what it proves.</summary>
public enum SilenceBasis
{
    /// <summary>The source has no dates.</summary>
    Unknown,

    /// <summary>The last thing that a person did, creating the item included: exact.</summary>
    HumanActivity,

    /// <summary>The last change by anyone: people were silent at least this long, perhaps longer.</summary>
    LastChange,

    /// <summary>Only the age is known: people were silent at most this long.</summary>
    Creation,
}
