using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Setup;

/// <summary>What the program asks of GitHub, and no more: permissions and events, each with its reason.</summary>
public static class GitHubNeeds
{
    /// <summary>In the order of their weight.</summary>
    public static IReadOnlyList<NeededPermission> Permissions { get; } =
    [
        new("issues", "write", "Issues: read and write", "reads issues and their comments; sets labels, types, links and assignees, and keeps one comment on an issue, as far as you let it", SetupState.Wrong),
        new("metadata", "read", "Metadata: read", "knows a repository by its name, and the role of whoever answers by a command; comes with every other permission", SetupState.Wrong),
        new("pull_requests", "read", "Pull requests: read", "sees that somebody works on an issue already, and what was merged for it", SetupState.Warning),
        new("contents", "read", "Contents: read", "reads the configuration that a team keeps in its repository, .github/serverless-backlog.yml", SetupState.Off),
    ];

    /// <summary>First those that all servers know, then the others in the order in which GitHub brought them.</summary>
    public static IReadOnlyList<NeededEvent> Events { get; } =
    [
        new("issues", "Issues", "an issue is opened, changed, labeled, assigned or closed", SetupState.Wrong),
        new("issue_comment", "Issue comments", "somebody comments on an issue, or answers a question", SetupState.Wrong),
        new("push", "Pushes", "the configuration in the repository is changed; without it that is noticed within two minutes", SetupState.Off),
        new("sub_issues", "Sub-issues", "an issue gets or loses a parent", SetupState.Warning),
        new("issue_dependencies", "Issue dependencies", "an issue is blocked by another one, or no more", SetupState.Warning),
    ];

    internal static IReadOnlyList<string> AllEvents { get; } = [.. Events.Select(e => e.Name)];

    /// <summary>True when what is granted covers what is needed: <c>admin</c> over <c>write</c> over <c>read</c>.</summary>
    internal static bool Covers(string? granted, string needed) => Rank(granted) >= Rank(needed);

    private static int Rank(string? level) => level switch { "admin" => 3, "write" => 2, "read" => 1, _ => 0 };
}

/// <param name="Name">As the API spells it: <c>issues</c>.</param>
/// <param name="Level"><c>read</c> or <c>write</c>.</param>
/// <param name="Words">As GitHub's pages show it.</param>
/// <param name="Why">What it is for, as the rest of a sentence about the program.</param>
/// <param name="Without">How things stand without it.</param>
public sealed record NeededPermission(string Name, string Level, string Words, string Why, SetupState Without);

/// <param name="Name">As the API spells it: <c>issue_comment</c>.</param>
/// <param name="Words">As GitHub's pages show it.</param>
/// <param name="When">When it is sent.</param>
/// <param name="Without">How things stand without it.</param>
public sealed record NeededEvent(string Name, string Words, string When, SetupState Without);
