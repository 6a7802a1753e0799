using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Triage.Intake;

/// <summary>All routes. A new one is a method in <see cref="Requests"/>, a line here, and a stub in the Functions shell.</summary>
public static class Routes
{
    public static Route Health { get; } = new("Health", "GET", "api/health", IsOpen: true, (_, _) => Requests.HealthAsync());

    public static Route Status { get; } = new("Status", "GET", "api/status/{*backlog}", IsOpen: false, (requests, call) => requests.StatusAsync(call));

    public static Route Sweep { get; } = new("StartSweep", "POST", "api/sweep", IsOpen: false, (requests, call) => requests.SweepAsync(call));

    public static Route Triage { get; } = new("StartTriage", "POST", "api/triage", IsOpen: false, (requests, call) => requests.TriageAsync(call));

    public static Route Answer { get; } = new("AnswerAsk", "POST", "api/answer", IsOpen: false, (requests, call) => requests.AnswerAsync(call));

    /// <summary>The review queue.</summary>
    public static Route Review { get; } = new("Review", "GET", "api/review/{*backlog}", IsOpen: false, (requests, call) => requests.ReviewAsync(call));

    /// <summary>The set-up as this host sees it, with its identity and its settings.</summary>
    public static Route Doctor { get; } = new("Doctor", "GET", "api/doctor", IsOpen: false, (requests, call) => requests.DoctorAsync(call));

    /// <summary>A question or a change in words.</summary>
    public static Route Chat { get; } = new("Chat", "POST", "api/chat", IsOpen: false, (requests, call) => requests.ChatAsync(call)) { MaxBody = 8 * 1024 };

    /// <summary>What all these take and answer, for programs.</summary>
    public static Route OpenApi { get; } = new("OpenApi", "GET", "api/openapi.json", IsOpen: false, (_, _) => Requests.OpenApiAsync());

    public static Route Hook { get; } = new("Hook", "POST", "hooks/{tracker}", IsOpen: true, (requests, call) => requests.HookAsync(call))
    {
        MaxBody = WebhookIntake.MaxBody,
        IsHook = true,
    };

    /// <summary>Commands and buttons of Slack; a signature proves where they come from.</summary>
    public static Route Slack { get; } = new("Slack", "POST", "hooks/slack", IsOpen: true, (requests, call) => requests.SlackAsync(call)) { IsHook = true };

    /// <summary>The link at the end of a message: a page with a button. The link itself proves whose it is.</summary>
    public static Route UnsubscribePage { get; } = new("UnsubscribePage", "GET", NotificationLinks.Path, IsOpen: true, (requests, call) => requests.LookAtLinkAsync(call)) { IsHook = true };

    public static Route Unsubscribe { get; } = new("Unsubscribe", "POST", NotificationLinks.Path, IsOpen: true, (requests, call) => requests.UnsubscribeAsync(call)) { IsHook = true };

    public static IReadOnlyList<Route> All { get; } = [Health, Status, Sweep, Triage, Answer, Review, Doctor, Chat, OpenApi, Hook, Slack, UnsubscribePage, Unsubscribe];
}
