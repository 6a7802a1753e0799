using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Waits;

/// <summary>A close that a person approved and that was announced on the item: it is made once <see cref="DueAt"/> has come, unless somebody objects.</summary>
public sealed record Wait
{
    public required WorkItemRef Item { get; init; }

    /// <summary>Id of the decision that was approved; the notice on the item goes by it too.</summary>
    public required string Decision { get; init; }

    public required Close Close { get; init; }

    /// <summary>The step that proposed it.</summary>
    public required string Step { get; init; }

    /// <summary>Login of the person who approved it.</summary>
    public required string By { get; init; }

    /// <summary>When the notice was given.</summary>
    public required DateTimeOffset NoticeAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Digest of title and description as they were when the notice was given: an edit is an objection.</summary>
    public required string Text { get; init; }

    public required WaitState State { get; init; }

    /// <summary>Who objected, and how it ended, in one clause.</summary>
    public string? Why { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<WaitState>))]
public enum WaitState
{
    Waiting,

    /// <summary>Somebody objected: it is never done again.</summary>
    Vetoed,

    /// <summary>It no longer applies: the item was closed, or a rule spares it now.</summary>
    CalledOff,

    /// <summary>The close was made.</summary>
    Done,
}
