using System.Collections.Frozen;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;

/// <summary>Events that are about no item: access, the trial call, and what needs nothing.</summary>
internal static class OtherEvents
{
    /// <summary>Events that GitHub documents (docs.github.com, "Webhook events and payloads") and that change no item.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal,
        "branch_protection_configuration", "branch_protection_rule", "check_run", "check_suite", "code_scanning_alert", "commit_comment", "create",
        "custom_property", "custom_property_promoted_to_enterprise", "custom_property_values", "delete", "dependabot_alert", "deploy_key",
        "deployment", "deployment_protection_rule", "deployment_review", "deployment_status", "discussion", "discussion_comment", "fork",
        "github_app_authorization", "gollum", "installation_target", "label", "marketplace_purchase", "member", "membership", "merge_group",
        "meta", "milestone", "org_block", "organization", "package", "page_build", "personal_access_token_request", "project",
        "project_card", "project_column", "projects_v2", "projects_v2_item", "projects_v2_status_update", "public", "pull_request_review",
        "pull_request_review_comment", "pull_request_review_thread", "push", "registry_package", "release", "repository",
        "repository_advisory", "repository_dispatch", "repository_import", "repository_ruleset", "repository_vulnerability_alert",
        "secret_scanning_alert", "secret_scanning_alert_location", "secret_scanning_scan", "security_advisory", "security_and_analysis",
        "sponsorship", "star", "status", "team", "team_add", "watch", "workflow_dispatch", "workflow_job", "workflow_run");

    public static TrackerEvent Read(Payload payload) => payload.EventName switch
    {
        "ping" => payload.Event(EventKind.Ping),
        "installation" or "installation_repositories" => payload.Event(EventKind.Access) with { ContentKey = AccessKey(payload) },
        "push" => PushEvents.Read(payload),
        "label" or "milestone" => payload.Ignore("each item that it touches tells so itself, or is read by the next sweep"),
        "repository" => payload.Ignore("a new name or owner is noticed when the repository is read next"),
        _ when Known.Contains(payload.EventName) => payload.Ignore($"nothing here depends on '{payload.EventName}'"),
        _ => payload.Event(EventKind.Unknown),
    };

    /// <summary>Only the app's own hook tells these; what differs is the installation and when it changed.</summary>
    private static string? AccessKey(Payload payload) =>
        payload.EventName == "installation" && Json.ObjectOrNull(payload.Body, "installation") is { } installation
        && Json.LongOrNull(installation, "id") is { } id && Json.Find(installation, "updated_at") is { } at
            ? $"{payload.Name}~{id}~{at}"
            : null;
}
