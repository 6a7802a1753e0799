namespace ServerlessBacklog.Triage.Insights;

/// <summary>What a backlog looks like over time and ahead. A part that the data cannot fill says why, and invents nothing.</summary>
public sealed record BacklogInsights
{
    public static BacklogInsights None { get; } = new();
}
