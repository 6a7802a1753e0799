using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Outcomes;

/// <summary>What people made of one proposed change: a case to learn from.</summary>
/// <param name="Step">The step that proposed it.</param>
/// <param name="Confidence">How sure the step was.</param>
/// <param name="Verdict">Whether it was asked or applied.</param>
/// <param name="At">When it was asked or applied, or answered.</param>
public sealed record LabelledOutcome(
    WorkItemRef Item, string Decision, string Step, Change Change, Confidence Confidence, Verdict Verdict, OutcomeLabel Label, DateTimeOffset At)
{
    /// <summary>True when people have settled whether it was right.</summary>
    [JsonIgnore]
    public bool IsDecided => Label is not (OutcomeLabel.Ignored or OutcomeLabel.Pending);

    [JsonIgnore]
    public bool IsRight => Label == OutcomeLabel.Accepted;
}

[JsonConverter(typeof(JsonStringEnumConverter<OutcomeLabel>))]
public enum OutcomeLabel
{
    /// <summary>A person agreed, or nobody took it back within <see cref="OutcomeLabels.Trial"/>.</summary>
    Accepted,

    /// <summary>A person agreed to the change with another value, or set another one later.</summary>
    Edited,

    /// <summary>A person said no.</summary>
    Rejected,

    /// <summary>It was made, and a person took it back.</summary>
    Reverted,

    /// <summary>Asked, and nobody answered.</summary>
    Ignored,

    /// <summary>Too new to say.</summary>
    Pending,
}
