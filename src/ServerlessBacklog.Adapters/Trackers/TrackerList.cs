using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers;

/// <summary>The trackers. A new one is a folder beside this file and a line here.</summary>
public static class TrackerList
{
    public static IReadOnlyList<TrackerEntry> All { get; } =
    [
        new(FileTracker.TrackerName, FileTracker.Form, typeof(FileTracker)),
        new(AzureDevOpsTracker.TrackerName, AzureDevOpsTracker.Form, typeof(AzureDevOpsTracker)),
        new(GitHubTracker.TrackerName, GitHubTracker.Form, typeof(GitHubTracker)),
    ];
}

/// <param name="Name">What stands before the colon of a source.</param>
/// <param name="SourceForm">How a source is written, for help and errors.</param>
/// <param name="Type">The <see cref="ITracker"/>; made by the services of the host.</param>
public sealed record TrackerEntry(string Name, string SourceForm, Type Type);
