using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.Files.Mapping;

/// <summary>What a user says about the names in their file. Read from YAML by <see cref="MappingFile"/>.</summary>
internal sealed record FileMapping
{
    public static FileMapping None { get; } = new();

    public IReadOnlyDictionary<string, Field> Columns { get; init; } = new Dictionary<string, Field>();

    public IReadOnlyDictionary<string, WorkItemState> States { get; init; } = new Dictionary<string, WorkItemState>();

    public IReadOnlyDictionary<string, LinkKind> Links { get; init; } = new Dictionary<string, LinkKind>();

    /// <summary>The project of records that name none; null for the file's name.</summary>
    public string? Project { get; init; }

    public char? Delimiter { get; init; }

    public System.Text.Encoding? Encoding { get; init; }

    /// <summary>A .NET date format, tried before all others.</summary>
    public string? DateFormat { get; init; }

    /// <summary>The field that a member or column means: what the user says, else the known names. The user's word ranks before all.</summary>
    public (Field Field, int Rank)? Field(string name) =>
        Columns.TryGetValue(FieldNames.Normalise(name), out var field) ? (field, -1) : FieldNames.Find(name);

    public WorkItemState? State(string word) => States.TryGetValue(word.Trim().ToLowerInvariant(), out var state) ? state : null;

    public LinkKind? Link(string phrase) => Links.TryGetValue(phrase.Trim().ToLowerInvariant(), out var kind) ? kind : null;
}
