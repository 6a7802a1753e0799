using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace ServerlessBacklog.Triage.Models;

/// <summary>Why a model gave no usable answer. The kinds are kept apart: all lead to no write, and only <see cref="Suspicious"/> is a matter of security.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelFailure>))]
public enum ModelFailure
{
    /// <summary>The answer does not fit its schema, or says what the source does not hold, and neither did its repair.</summary>
    Invalid,

    /// <summary>The model or its content filter would not answer.</summary>
    Refused,

    TimedOut,

    /// <summary>The answer tries to do what nobody asked: it follows instructions that stood in an item.</summary>
    Suspicious,

    /// <summary>What looks for suspicious answers failed itself; this says nothing about the answer.</summary>
    DetectorDown,

    /// <summary>Wrong key, no rights, no such deployment, a model without <c>json_schema</c>: a person has to mend the settings.</summary>
    Misconfigured,

    /// <summary>The service does not answer, or answers with errors or "too many requests", to the last try.</summary>
    Unavailable,

    /// <summary>The prompt is longer than the model takes.</summary>
    TooLong,

    /// <summary>The backlog has used its tokens or its money for the day.</summary>
    OverBudget,
}

/// <summary>No answer, and why, in a sentence for people that holds no text of prompts and no secret.</summary>
public sealed class ModelException(ModelFailure failure, string message, Exception? cause = null) : Exception(message, cause)
{
    public ModelFailure Failure { get; } = failure;

    /// <summary>Set when a failing service says when it may be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What an answer cost that came and could not be used; null when none came.</summary>
    public UsageDetails? Usage { get; init; }
}
