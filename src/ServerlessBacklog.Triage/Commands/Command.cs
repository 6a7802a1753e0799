using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Commands;

/// <summary>
/// What a person tells the system to do, in a comment, in a chat or on the command line. The set is closed; <see cref="CommandWords"/> says how each is
/// written and who may give it.
/// </summary>
public abstract record Command;

/// <param name="Topic">A command's word; null for all of them.</param>
public sealed record HelpCommand(string? Topic) : Command;

/// <param name="Decision">Null for the latest one.</param>
public sealed record WhyCommand(string? Decision) : Command;

/// <param name="Decision">Null for the latest one that changed something.</param>
public sealed record UndoCommand(string? Decision) : Command;

/// <summary>Nothing is ever closed or archived here by the system.</summary>
public sealed record KeepCommand(string? Because) : Command;

/// <param name="Until">Null for no end.</param>
public sealed record PinCommand(WorkItemField Field, string Value, DateOnly? Until, string? Because) : Command;

public sealed record UnpinCommand(WorkItemField Field) : Command;

/// <param name="Points">In the tracker's unit of size.</param>
public sealed record EstimateCommand(double Points) : Command;

/// <param name="Login">Null for the person who says it.</param>
public sealed record AssignCommand(string? Login) : Command;

/// <param name="Login">Null for the person who says it.</param>
public sealed record UnassignCommand(string? Login) : Command;

public sealed record DuplicateOfCommand(ItemWord Canonical) : Command;

/// <param name="Other">Null for whatever the system takes it for.</param>
public sealed record NotDuplicateCommand(ItemWord? Other) : Command;

/// <summary>The proposed children are created.</summary>
public sealed record SplitCommand : Command;

/// <summary>A new item below this one.</summary>
/// <param name="Title">One line.</param>
public sealed record ChildCommand(string Title) : Command;

/// <param name="Days">Counted from now; 0 where <paramref name="Until"/> says it.</param>
public sealed record SnoozeCommand(int Days, DateOnly? Until) : Command;

/// <summary>What the person could take next.</summary>
public sealed record NextCommand : Command;

public sealed record StatusCommand : Command;

/// <param name="Decision">Null for the one that asks.</param>
/// <param name="Only">Slots or words of the changes that are approved; empty for all.</param>
/// <param name="With">Values to be used in place of the proposed ones.</param>
public sealed record ApproveCommand(string? Decision, IReadOnlyList<string> Only, IReadOnlyList<FieldWord> With) : Command;

/// <param name="Because">Null only in what was misunderstood: a reason is required.</param>
public sealed record RejectCommand(string? Decision, string? Because) : Command;

/// <summary>Reopens what was closed here.</summary>
public sealed record ReopenCommand(string? Because) : Command;

/// <summary>Says that something is wrong with what the system does: kept until it is answered.</summary>
public sealed record ObjectCommand(string Because) : Command;

/// <summary>An item as people write it: <c>#12</c>, <c>owner/repo#12</c>, <c>AB#12</c>, or in full.</summary>
public sealed record ItemWord(string? Project, string Number)
{
    /// <summary>The item that is meant when it is said on <paramref name="home"/>.</summary>
    public WorkItemRef On(WorkItemRef home) => new(home.Tracker, Project ?? home.Project, Number);

    public override string ToString() => $"{Project}#{Number}";
}

public sealed record FieldWord(WorkItemField Field, string Value);

/// <summary>A command, or why the words are none.</summary>
/// <param name="Problem">What is wrong and what was perhaps meant; null when it is understood.</param>
public sealed record CommandReading(Command? Command, string? Problem)
{
    public static CommandReading Of(Command command) => new(command, null);

    public static CommandReading Wrong(string problem) => new(null, problem);
}
