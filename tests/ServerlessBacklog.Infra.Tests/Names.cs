namespace ServerlessBacklog.Infra.Tests;

/// <summary>Names that the program and its surroundings share.</summary>
internal static class Names
{
    /// <summary>What the program measures (docs/observability.md).</summary>
    public static IReadOnlyList<string> Metrics { get; } =
    [
        "backlog.deliveries", "backlog.deliveries.pending", "backlog.deliveries.put_aside", "backlog.decisions", "backlog.effects",
        "backlog.activities.duration", "backlog.orchestrations.failed", "backlog.alarms", "backlog.tracker.budget_left", "backlog.sweep.age",
    ];

    /// <summary>What the program reads, beside what stands in local.settings.sample.json.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "Storage__Connection", "GitHub__AppId", "GitHub__PrivateKey", "GitHub__WebhookSecrets__0", "AzureDevOps__HookSecrets__0", "AzureDevOps__UseIdentity",
        "AzureDevOps__ClientId", "AzureDevOps__HookQueue", "Triage__Autonomy", "Models__Endpoint", "Models__ChatDeployment", "Models__EmbeddingDeployment",
        "Pages__SignIn", "Notifications__SiteUrl", "APPLICATIONINSIGHTS_CONNECTION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT", "AZURE_CLIENT_ID",
    ];

    /// <summary>What the Functions host reads.</summary>
    public static IReadOnlyList<string> HostSettings { get; } =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
        "MICROSOFT_PROVIDER_AUTHENTICATION_SECRET", "GITHUB_PROVIDER_AUTHENTICATION_SECRET",
    ];

    public static IReadOnlyList<string> Secrets { get; } = ["github-private-key", "github-webhook-secret", "azuredevops-hook-secret", "signin-entra-secret", "signin-github-secret"];
}
