using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Testing;

/// <summary>Builds test data: <c>An.Item(12, "Crash on save") with { Labels = [new("bug")] }</c>.</summary>
public static class An
{
    /// <summary>Noon of 1 June 2026, UTC: "now" in tests that do not care.</summary>
    public static DateTimeOffset Instant { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static WorkItemRef Ref(object number) => new("github", "owner/repo", $"{number}");

    /// <summary>An open item created ten days before <see cref="Instant"/>.</summary>
    public static WorkItem Item(object number, string title = "Something to do", string body = "") => new()
    {
        Ref = Ref(number),
        Title = title,
        Body = body,
        CreatedAt = Instant.AddDays(-10),
    };

    public static StepContext Context(params IEnumerable<WorkItem> backlog) => new()
    {
        Now = Instant,
        Backlog = BacklogSnapshot.Build(backlog),
        Settings = new TriageSettings(),
    };
}
