using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Commands;

namespace ServerlessBacklog.Triage.Tests.Commands;

public class CommandParserTests
{
    public static TheoryData<string, Command> Understood => new()
    {
        { "help", new HelpCommand(null) },
        { "", new HelpCommand(null) },
        { "help pin", new HelpCommand("pin") },
        { "why", new WhyCommand(null) },
        { "why 0123456789abcdef01234567i", new WhyCommand("0123456789abcdef01234567i") },
        { "undo 012345\u200B6789ab\u200Bcdef01\u200B234567i", new UndoCommand("0123456789abcdef01234567i") },
        { "undo", new UndoCommand(null) },
        { "undo 0123456789abcdef01234567", new UndoCommand("0123456789abcdef01234567") },
        { "keep", new KeepCommand(null) },
        { "keep open because customers ask", new KeepCommand("customers ask") },
        { "pin P1 because the customer waits", new PinCommand(WorkItemField.Priority, "P1", null, "the customer waits") },
        { "pin priority=high", new PinCommand(WorkItemField.Priority, "high", null, null) },
        { "pin type Bug until 2027-01-31", new PinCommand(WorkItemField.Type, "Bug", new DateOnly(2027, 1, 31), null) },
        { "pin area=\"Team A\\UI\"", new PinCommand(WorkItemField.Area, "Team A\\UI", null, null) },
        { "unpin", new UnpinCommand(WorkItemField.Priority) },
        { "unpin type", new UnpinCommand(WorkItemField.Type) },
        { "prioritize P2", new PinCommand(WorkItemField.Priority, "P2", null, null) },
        { "estimate 5", new EstimateCommand(5) },
        { "estimate 2.5 days", new EstimateCommand(2.5) },
        { "assign @ada", new AssignCommand("ada") },
        { "assign anna.berg@contoso.com", new AssignCommand("anna.berg@contoso.com") },
        { "assign me", new AssignCommand(null) },
        { "claim", new AssignCommand(null) },
        { "unassign @ada", new UnassignCommand("ada") },
        { "duplicate of #12", new DuplicateOfCommand(new ItemWord(null, "12")) },
        { "duplicate of owner/other#12", new DuplicateOfCommand(new ItemWord("owner/other", "12")) },
        { "duplicate AB#7", new DuplicateOfCommand(new ItemWord(null, "7")) },
        { "not duplicate", new NotDuplicateCommand(null) },
        { "not a duplicate of #3", new NotDuplicateCommand(new ItemWord(null, "3")) },
        { "split", new SplitCommand() },
        { "snooze 7", new SnoozeCommand(7, null) },
        { "snooze 2 weeks", new SnoozeCommand(14, null) },
        { "snooze until 2027-01-31", new SnoozeCommand(0, new DateOnly(2027, 1, 31)) },
        { "next", new NextCommand() },
        { "STATUS", new StatusCommand() },
        { "reject because it is another crash", new RejectCommand(null, "it is another crash") },
        { "reject not the same", new RejectCommand(null, "not the same") },
        { "reopen because it happens again", new ReopenCommand("it happens again") },
        { "object because it labels wrongly", new ObjectCommand("it labels wrongly") },
        { "/backlog why", new WhyCommand(null) },
    };

    [Theory]
    [MemberData(nameof(Understood))]
    public void What_is_said_as_documented_is_understood(string text, Command meant) =>
        CommandParser.Parse(text).ShouldBe(CommandReading.Of(meant));

    [Fact]
    public void An_approval_may_choose_changes_and_set_values()
    {
        var reading = CommandParser.Parse("approve 0123456789abcdef01234567i only label:bug, close with priority=P2 and type=Bug");

        var approve = reading.Command.ShouldBeOfType<ApproveCommand>(reading.Problem);
        approve.Decision.ShouldBe("0123456789abcdef01234567i");
        approve.Only.ShouldBe(["label:bug", "close"]);
        approve.With.ShouldBe([new FieldWord(WorkItemField.Priority, "P2"), new FieldWord(WorkItemField.Type, "Bug")]);
    }

    [Fact]
    public void An_approval_of_only_a_field_with_a_value_is_no_approval_of_all()
    {
        var approve = CommandParser.Parse("approve only priority=P2").Command.ShouldBeOfType<ApproveCommand>();

        approve.Only.ShouldBe(["field:Priority"]);
        approve.With.ShouldBe([new FieldWord(WorkItemField.Priority, "P2")]);
    }

    [Theory]
    [InlineData("approve only", "Say which change")]
    [InlineData("approve only with priority=P2", "Say which change")]
    [InlineData("asign @ada", "assign @login")]
    [InlineData("aprove", "approve [DECISION]")]
    [InlineData("dublicate of #1", "duplicate of #12")]
    [InlineData("hibernate", "There is:")]
    [InlineData("pin", "Say what is pinned")]
    [InlineData("pin soon", "no priority")]
    [InlineData("estimate lots", "no size")]
    [InlineData("estimate -5", "no size")]
    [InlineData("estimate 1e9", "no size")]
    [InlineData("assign ada and bob", "no login")]
    [InlineData("duplicate of itself", "no item")]
    [InlineData("snooze 400 days", "Between 1 and 365")]
    [InlineData("snooze until tomorrow", "2027-01-31")]
    [InlineData("reject", "reason")]
    [InlineData("why not", "not the id of a decision")]
    [InlineData("because I say so", "no command")]
    [InlineData("status now", "'now' is not understood")]
    public void What_is_not_understood_is_answered_with_what_was_perhaps_meant(string text, string told)
    {
        var reading = CommandParser.Parse(text);

        reading.Command.ShouldBeNull();
        reading.Problem.ShouldNotBeNull().ShouldContain(told, Case.Insensitive);
    }

    [Fact]
    public void Every_command_has_words_and_its_form_is_understood()
    {
        foreach (var words in CommandWords.All)
        {
            foreach (var form in words.Form.Split(" | "))
            {
                var said = form.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)
                    .Replace("DECISION", "0123456789abcdef01234567", StringComparison.Ordinal).Replace("COMMAND", "why", StringComparison.Ordinal)
                    .Replace("CHANGE, CHANGE", "label:bug", StringComparison.Ordinal).Replace("REASON", "of this", StringComparison.Ordinal);

                var reading = CommandParser.Parse(said);

                CommandWords.Of(reading.Command.ShouldNotBeNull($"{said}: {reading.Problem}")).ShouldBe(words);
            }
        }
    }

    [Fact]
    public void Whatever_is_said_gets_an_answer()
    {
        var random = new Random(7);
        const string Signs = "abpin whyk#@/=,\"'`<>[](){}\u0000\u202e\ud800 because until 12-é";
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Signs[random.Next(Signs.Length)]));

            var reading = CommandParser.Parse(text);

            (reading.Command is null).ShouldBe(reading.Problem is not null);
            (reading.Problem ?? "").ShouldNotContain('\u0000');
        }
    }
}
