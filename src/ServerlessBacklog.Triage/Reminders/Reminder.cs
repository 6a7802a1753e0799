using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Reminders;

/// <summary>How far up its ladder something was reminded of, and since when it is silent.</summary>
public sealed record Reminder
{
    /// <summary>Names what it is about: a question, or the work on an item.</summary>
    public required string Key { get; init; }

    public required WorkItemRef Item { get; init; }

    /// <summary>The last human activity that is known: days count from here. Another one begins the ladder anew.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The highest rung that was told; null for none.</summary>
    public ReminderRung? Told { get; init; }

    public DateTimeOffset? ToldAt { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ReminderRung>))]
public enum ReminderRung
{
    First,
    Second,

    /// <summary>To whoever leads.</summary>
    Lead,
}

/// <summary>After how many days of silence who is reminded (docs/reminders-and-alerts.md). 0 leaves a rung out.</summary>
public sealed record ReminderSettings
{
    /// <summary>For a question that waits: one reminder after 3 days (FEATURES §4.3).</summary>
    public LadderDays Asks { get; init; } = new(3, 0, 0);

    /// <summary>For an item in progress that nobody touches.</summary>
    public LadderDays Work { get; init; } = new(7, 12, 17);

    /// <summary>Login of whoever is told on the last rung; empty for all who get alerts.</summary>
    public string Lead { get; init; } = "";
}

/// <param name="First">Days until the first reminder.</param>
/// <param name="Second">Days until the second one, from the same moment.</param>
/// <param name="Lead">Days until the lead is told.</param>
public sealed record LadderDays(int First, int Second, int Lead)
{
    internal IEnumerable<(ReminderRung Rung, int Days)> Rungs => [.. new[] { (ReminderRung.First, First), (ReminderRung.Second, Second), (ReminderRung.Lead, Lead) }.Where(r => r.Item2 > 0)];
}
