using ServerlessBacklog.Domain.Triage;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>What became of something that a person said, for reading in a terminal.</summary>
internal static class OutcomeText
{
    /// <param name="isUnderWay">True when something is to be carried out, so that no outcome means that it takes longer.</param>
    public static void Print(string reply, DecisionOutcome? outcome, bool isUnderWay)
    {
        AnsiConsole.WriteLine(Show.Lines(reply));
        foreach (var change in outcome?.Changes ?? [])
            AnsiConsole.MarkupLineInterpolated($"  {Words(change.State),-12} {Show.Short(change.Change.Describe(), 90)}{(change.Why is null ? "" : $" ({Show.OneLine(change.Why)})")}");
        if (outcome is null && isUnderWay)
            AnsiConsole.MarkupLine("[grey]It is still being carried out; 'backlog decisions show ITEM' will tell.[/]");
    }

    public static string Words(ChangeState state) => state switch
    {
        ChangeState.Applied => "done",
        ChangeState.Waiting => "announced",
        ChangeState.Undone => "taken back",
        ChangeState.NotApplied => "left",
        _ => "under way",
    };
}
