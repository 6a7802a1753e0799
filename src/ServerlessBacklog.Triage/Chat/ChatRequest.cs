using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Questions;

namespace ServerlessBacklog.Triage.Chat;

/// <summary>Something that a person said or pressed in a chat, as it was received and proven.</summary>
public sealed record ChatRequest
{
    /// <summary>Names it: the same request received twice has the same key, and acts once.</summary>
    public required string Key { get; init; }

    /// <summary>The chat, as the people directory names it: <c>slack</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Who it was, by their id in the chat.</summary>
    public required string User { get; init; }

    public required ChatAct Act { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Where the chat takes the answer, for half an hour.</summary>
    public Uri? ReplyTo { get; init; }

    /// <summary>What was said, without the prefix; for a plan that is confirmed its token.</summary>
    public string Text { get; init; } = "";

    /// <summary>The backlog that a button is about.</summary>
    public string? Backlog { get; init; }

    /// <summary>The item that a button is about.</summary>
    public WorkItemRef? Item { get; init; }

    /// <summary>Id of the decision that a button answers.</summary>
    public string? Decision { get; init; }

    /// <summary>Why somebody says no.</summary>
    public string? Because { get; init; }

    /// <summary>Who was shown the plan; nobody else may confirm it.</summary>
    public string? PlannedFor { get; init; }

    public int Attempts { get; init; }

    /// <summary>The version of the row that was read.</summary>
    [JsonIgnore]
    public string? Version { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ChatAct>))]
public enum ChatAct
{
    /// <summary>Words, to be understood.</summary>
    Say,

    Confirm,
    Cancel,
    Approve,
    Reject,
}

/// <summary>What the person is told, by the chat that they spoke in.</summary>
/// <param name="Text">Markdown; titles of items are other people's text, which the chat escapes.</param>
public sealed record ChatReply(string Text)
{
    /// <summary>What would be done: the reply has buttons for yes and no.</summary>
    public ChatPlanned? Plan { get; init; }

    /// <summary>True when it takes the place of the message whose button was pressed.</summary>
    public bool Replaces { get; init; }
}

/// <param name="Token">Handed back when it is confirmed (<see cref="ConfirmTokens"/>); good once.</param>
/// <param name="For">The only one who may confirm it, by their id in the chat.</param>
public sealed record ChatPlanned(string Backlog, WorkItemRef Item, string Token, string For);
