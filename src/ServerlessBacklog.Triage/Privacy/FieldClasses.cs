namespace ServerlessBacklog.Triage.Privacy;

/// <summary>How much care data needs, least first.</summary>
public enum DataClass
{
    /// <summary>Anybody may know it.</summary>
    Public,

    /// <summary>What the team writes.</summary>
    Internal,

    /// <summary>Says who somebody is or what somebody did.</summary>
    Personal,

    /// <summary>Never leaves, whatever is set.</summary>
    Secret,
}

/// <summary>The fields of a work item that can be told apart when something is sent.</summary>
public enum ItemField
{
    Ref,
    Title,
    Body,
    Comments,
    State,
    Resolution,
    Type,
    Priority,
    Severity,
    Areas,
    Labels,
    Milestone,
    Dates,
    StoryPoints,
    Links,
    Url,

    /// <summary>Counts of reactions; who reacted is <see cref="ReactionPeople"/>.</summary>
    Reactions,

    /// <summary>What happened when; who did it is <see cref="EventActors"/>.</summary>
    Events,
    Reporter,
    ReporterRole,
    Assignees,
    CommentAuthors,
    EventActors,
    ReactionPeople,
}

/// <summary>The class of every field, and how far data may leave to a model.</summary>
public sealed record FieldClasses
{
    private static readonly Dictionary<ItemField, DataClass> Defaults = Enum.GetValues<ItemField>().ToDictionary(f => f, Default);

    /// <summary>Classes that differ from the defaults.</summary>
    public IReadOnlyDictionary<ItemField, DataClass> Chosen { get; init; } = new Dictionary<ItemField, DataClass>();

    /// <summary>The highest class that may leave to a model; default <see cref="DataClass.Internal"/>. Never <see cref="DataClass.Secret"/>.</summary>
    public DataClass Most { get; init; } = DataClass.Internal;

    public DataClass Of(ItemField field) => Chosen.TryGetValue(field, out var chosen) ? chosen : Defaults[field];

    /// <summary>Whether a field may be part of what is sent to a model. Its text is redacted all the same.</summary>
    public bool MaySend(ItemField field) => Of(field) is not DataClass.Secret and var own && own <= Most;

    private static DataClass Default(ItemField field) => field switch
    {
        ItemField.Title or ItemField.Body or ItemField.Comments or ItemField.Events => DataClass.Internal,
        ItemField.Reporter or ItemField.ReporterRole or ItemField.Assignees or ItemField.CommentAuthors or ItemField.EventActors or ItemField.ReactionPeople => DataClass.Personal,
        _ => DataClass.Public,
    };
}
