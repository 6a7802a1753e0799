using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Triage.Approvals;

/// <summary>All that people's words go through: answers to asks, commands, objections within a wait. Each lives as long as the process; hosts and tests register the same.</summary>
public static class PeopleParts
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(TrackerRoles),
        typeof(AskBook),
        typeof(AnswerDesk),
        typeof(ReviewQueue),
        typeof(Announcing),
        typeof(CallingOff),
        typeof(Objecting),
        typeof(Settling),
        typeof(ItemCommands),
        typeof(AskCommands),
        typeof(UndoCommands),
        typeof(TellCommands),
        typeof(NextItems),
        typeof(CommandDesk),
    ];
}
