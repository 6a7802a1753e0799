using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>The findings on one item, folded by a policy. Written down before anything is done.</summary>
public sealed record Decision
{
    /// <summary>Deterministic: the same item content, findings and policy give the same id, so a repeated run writes no second row.</summary>
    public required string Id { get; init; }

    public required WorkItemRef Item { get; init; }

    /// <summary>The content that was examined (<see cref="ContentHash"/>).</summary>
    public required string ItemHash { get; init; }

    /// <summary>
    /// What must be unchanged for the decision to be carried out (<see cref="ContentHash.ForWriting"/>): a reaction or a bot's touch leaves it
    /// as it is. Null in decisions of earlier versions, which go by <see cref="ItemHash"/>.
    /// </summary>
    public string? WritingHash { get; init; }

    public required string PolicyVersion { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The strongest verdict among <see cref="Changes"/>: ask over apply over drop.</summary>
    public required Verdict Verdict { get; init; }

    public IReadOnlyList<DecidedChange> Changes { get; init; } = [];

    public required string Reason { get; init; }

    /// <summary>The person whose command it is; null for what triage decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>The decision whose changes it takes back; null for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Undoes { get; init; }

    /// <summary>The decision whose announced change it makes, or calls off, after the wait; null for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ends { get; init; }

    /// <summary>What its comment asks the reporter, in its words; empty when it asks nothing.</summary>
    public IReadOnlyList<string> Questions { get; init; } = [];
}

/// <param name="Verdict">What happens now.</param>
/// <param name="WouldBe">What would happen without shadow mode; equal to <paramref name="Verdict"/> outside it.</param>
/// <param name="Why">Which rule of the policy led here, in one clause.</param>
public sealed record DecidedChange(Change Change, string Step, Confidence Confidence, Verdict Verdict, Verdict WouldBe, string Why);

[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    Drop,
    Apply,
    Ask,
}
