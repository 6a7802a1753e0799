using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Notifications;

/// <summary>The message by which somebody sees that a channel works.</summary>
internal static class TestMessage
{
    public static Digest At(DateTimeOffset now) => new()
    {
        Kind = DigestKind.Team,
        Backlog = "test",
        Title = "A test message of ServerlessBacklog",
        AsOf = now,
        Figures = [],
        Sections = [new DigestSection("It works") { Lines = ["Messages arrive here. Nobody has to do anything."] }],
    };
}
