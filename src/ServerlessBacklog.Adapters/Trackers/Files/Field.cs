namespace ServerlessBacklog.Adapters.Trackers.Files;

/// <summary>What a JSON member or a CSV column may tell of an item. Names of each are in <see cref="FieldNames"/>.</summary>
internal enum Field
{
    /// <summary>Known, and of no use to us: it is not reported as unused.</summary>
    Ignore,
    Id,
    Project,
    Title,
    Body,
    AcceptanceCriteria,
    Design,
    Notes,
    Kind,
    State,
    StateCategory,
    Resolution,
    Type,
    Priority,
    Severity,
    Component,
    Labels,
    Assignee,
    Reporter,
    ReporterRole,
    Milestone,
    CreatedAt,
    UpdatedAt,
    StartedAt,
    ClosedAt,
    MergedAt,
    DueDate,
    StoryPoints,
    DuplicateOf,
    BlockedBy,
    Blocks,
    Parent,
    Related,
    Links,
    Comments,
    Comment,
    Events,
    Reactions,
    Url,

    /// <summary>Which part of a labelled data set the record belongs to: train, val or test.</summary>
    Split,

    /// <summary>In a labelled data set: whether a reader called the item vague.</summary>
    Vague,

    /// <summary>In a labelled data set: whether a reader called the item low in value, with nothing that protects it.</summary>
    LowValue,

    /// <summary>In a labelled data set: what protects the item from the archive.</summary>
    Protected,

    /// <summary>In a labelled data set: whether the item is only measured on.</summary>
    HeldOut,
}
