namespace ServerlessBacklog.StandIns.AzureDevOps.Model;

internal sealed class WorkItem(int id, Project project)
{
    public int Id { get; } = id;

    public Project Project { get; } = project;

    public int Rev { get; set; }

    /// <summary>Reference name → string, long, double, DateTimeOffset or <see cref="Identity"/>.</summary>
    public Dictionary<string, object> Fields { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    public List<Relation> Relations { get; } = [];

    public List<Update> Updates { get; } = [];

    public List<ItemComment> Comments { get; } = [];

    /// <summary>The comment of the last revision, if that was one.</summary>
    public ItemComment? LastComment { get; set; }

    public bool IsDeleted { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public Identity? DeletedBy { get; set; }

    public string Type => (string)Fields["System.WorkItemType"];

    public string State => (string)Fields["System.State"];

    public string Title => (string)Fields["System.Title"];

    public IEnumerable<ItemComment> LiveComments => Comments.Where(c => !c.IsDeleted);
}

/// <param name="Rel">Reference name of one end: <c>System.LinkTypes.Hierarchy-Reverse</c>.</param>
/// <param name="Target">The other item; null for links out of the tracker.</param>
internal sealed record Relation(string Rel, int? Target, string Url, string? Comment);

/// <summary>One step of an item's history. Its number differs from the revision: a link from elsewhere is a step without one.</summary>
internal sealed record Update(int Number, int Rev, Identity By, DateTimeOffset At)
{
    public IReadOnlyDictionary<string, (object? Old, object? New)> Fields { get; init; } = new Dictionary<string, (object? Old, object? New)>();

    public IReadOnlyList<Relation> Added { get; init; } = [];

    public IReadOnlyList<Relation> Removed { get; init; } = [];
}

internal sealed class ItemComment(int id, int itemId, Identity by, string text, DateTimeOffset at)
{
    public int Id { get; } = id;

    public int ItemId { get; } = itemId;

    public int Version { get; set; } = 1;

    public Identity By { get; } = by;

    public Identity ModifiedBy { get; set; } = by;

    public string Text { get; set; } = text;

    public DateTimeOffset CreatedAt { get; } = at;

    public DateTimeOffset ModifiedAt { get; set; } = at;

    public bool IsDeleted { get; set; }

    /// <summary>like, dislike, heart, hooray, smile or confused, and whose.</summary>
    public List<(string Type, Identity By)> Reactions { get; } = [];
}
