namespace ServerlessBacklog.Triage.Commands;

/// <summary>How each command is written, what it does and who may give it: help, errors and the guides are made from this list.</summary>
/// <param name="Word">Its first word.</param>
/// <param name="Form">The whole of it, optional parts in brackets.</param>
/// <param name="Right">Who may give it.</param>
public sealed record CommandWords(string Word, string Form, string Does, CommandRight Right)
{
    public static IReadOnlyList<CommandWords> All { get; } =
    [
        new("help", "help [COMMAND]", "says what can be said", CommandRight.Anybody),
        new("why", "why [DECISION]", "shows what the latest decision rests on, and how to contest it", CommandRight.Anybody),
        new("status", "status", "says what is decided, asked and announced here", CommandRight.Anybody),
        new("next", "next", "names up to three items that you could take next, with reasons", CommandRight.Anybody),
        new("keep", "keep [because REASON]", "keeps the item open: the system never proposes again to close it", CommandRight.Anybody),
        new("object", "object because REASON", "records an objection to what the system does here; it is answered before the system may do more", CommandRight.Anybody),
        new("reopen", "reopen [because REASON]", "reopens what was closed here through the system", CommandRight.AuthorOrTriager),
        new("not", "not duplicate [of #12]", "says that the item repeats no other, or not that one", CommandRight.AuthorOrTriager),
        new("approve", "approve [DECISION] [only CHANGE, CHANGE] [with priority=P2]", "agrees with what is asked, or with a part of it, or with another value", CommandRight.Triager),
        new("reject", "reject [DECISION] because REASON", "refuses what is asked; it is not asked again", CommandRight.Triager),
        new("snooze", "snooze 7 days | snooze until 2027-01-31", "has the question asked again later", CommandRight.Triager),
        new("undo", "undo [DECISION]", "takes the latest change of the system back, exactly, or says why it cannot", CommandRight.Triager),
        new("pin", "pin P1 [until 2027-01-31] [because REASON]", "sets a priority (or type=…, severity=…, area=…) that no job changes", CommandRight.Triager),
        new("unpin", "unpin [priority]", "ends a pin", CommandRight.Triager),
        new("estimate", "estimate 5", "sets the size of the item", CommandRight.Triager),
        new("assign", "assign @login | assign me", "assigns somebody", CommandRight.Triager),
        new("unassign", "unassign @login | unassign me", "takes an assignee off; the system does not put them back", CommandRight.Triager),
        new("duplicate", "duplicate of #12", "closes the item as a duplicate, after the usual notice", CommandRight.Triager),
        new("split", "split", "creates the children that are proposed", CommandRight.Triager),
        new("child", "child \"TITLE\"", "creates an item of that title below this one", CommandRight.Triager),
    ];

    public static CommandWords? Find(string word) => All.FirstOrDefault(w => w.Word.Equals(word, StringComparison.OrdinalIgnoreCase));

    public static CommandWords Of(Command command) => Find(command switch
    {
        HelpCommand => "help",
        WhyCommand => "why",
        UndoCommand => "undo",
        KeepCommand => "keep",
        PinCommand => "pin",
        UnpinCommand => "unpin",
        EstimateCommand => "estimate",
        AssignCommand => "assign",
        UnassignCommand => "unassign",
        DuplicateOfCommand => "duplicate",
        NotDuplicateCommand => "not",
        SplitCommand => "split",
        ChildCommand => "child",
        SnoozeCommand => "snooze",
        NextCommand => "next",
        StatusCommand => "status",
        ApproveCommand => "approve",
        RejectCommand => "reject",
        ReopenCommand => "reopen",
        ObjectCommand => "object",
        _ => throw new ArgumentException($"'{command.GetType().Name}' has no words.", nameof(command)),
    })!;
}

/// <summary>Who may give a command, by their role in the tracker.</summary>
public enum CommandRight
{
    /// <summary>Whoever may comment.</summary>
    Anybody,

    /// <summary>The author of the item, or whoever may label and close items.</summary>
    AuthorOrTriager,

    /// <summary>Whoever may label and close items.</summary>
    Triager,
}
