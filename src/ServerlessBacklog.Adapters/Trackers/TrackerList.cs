using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers;

/// <summary>The trackers. A new one is a folder beside this file and a line here.</summary>
public static class TrackerList
{
    public static IReadOnlyList<ITracker> All { get; } =
    [
        new FileTracker(),
    ];
}
