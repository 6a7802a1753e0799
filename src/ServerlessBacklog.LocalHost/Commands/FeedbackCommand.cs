using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog feedback up|down|object|resolve|list</c>: what people think of what the system does.</summary>
internal static class FeedbackCommand
{
    private const string Description = """
        What people think of what the system does: thumbs, and objections, which keep a pilot from being widened until somebody answers them.

        Examples:
          backlog feedback list
          backlog feedback object --by ada --because "it asks the same of everybody"
          backlog feedback resolve 3 --by grace --because "it asks once now"
          backlog feedback down github:owner/repo#12 --by ada
        """;

    public static Command Create() => new("feedback", Description) { Thumbs("up", isUp: true), Thumbs("down", isUp: false), Object(), Resolve(), List() };

    private static Command Thumbs(string name, bool isUp)
    {
        var (item, by) = (Item(isNeeded: true), By());
        return Sub(name, $"Record a thumbs-{name} on what is said on an item.", [item], [by], async (services, backlog, parsed, cancellation) =>
        {
            var thumb = new Thumb(Parse(parsed.GetRequiredValue(item)!), isUp, parsed.GetRequiredValue(by), TimeProvider.System.GetUtcNow());
            await services.GetRequiredService<Feedback>().AddAsync(backlog, thumb, cancellation);
            return ($"Recorded: thumbs-{name} by {Show.OneLine(thumb.By)} on {thumb.Item}.", thumb);
        });
    }

    private static Command Object()
    {
        var (item, by, because) = (Item(isNeeded: false), By(), Because());
        return Sub("object", "Record an objection, to an item or to the whole.", [item], [by, because], async (services, backlog, parsed, cancellation) =>
        {
            var about = parsed.GetValue(item) is { } text ? Parse(text) : null;
            var objection = await services.GetRequiredService<Objections>().AddAsync(
                backlog, parsed.GetRequiredValue(by), parsed.GetRequiredValue(because), about, TimeProvider.System.GetUtcNow(), cancellation);
            return ($"Objection {objection.Number} is recorded. The pilot is not widened until it is answered.", objection);
        });
    }

    private static Command Resolve()
    {
        var number = new Argument<int>("NUMBER") { Description = "The objection, as 'backlog feedback list' numbers it." };
        var (by, because) = (By(), Because());
        return Sub("resolve", "Answer an objection.", [number], [by, because], async (services, backlog, parsed, cancellation) =>
        {
            var objection = await services.GetRequiredService<Objections>().ResolveAsync(
                backlog, parsed.GetRequiredValue(number), parsed.GetRequiredValue(by), parsed.GetRequiredValue(because), TimeProvider.System.GetUtcNow(), cancellation);
            return ($"Objection {objection.Number} is answered.", objection);
        });
    }

    private static Command List() => Sub("list", "List objections and this month's thumbs.", [], [], async (services, backlog, _, cancellation) =>
    {
        var objections = await services.GetRequiredService<Objections>().ListAsync(backlog, cancellation);
        var month = await services.GetRequiredService<Feedback>().MonthAsync(backlog, TimeProvider.System.GetUtcNow(), cancellation);
        var lines = objections.Select(o => $"{o.Number,4}  {(o.IsOpen ? "open    " : "answered")}  {o.At.UtcDateTime:yyyy-MM-dd}  {Show.OneLine(o.By)}{(o.Item is { } on ? $" on {on}" : "")}: {Show.Short(o.Because, 160)}{(o.Resolved is { } answer ? $" — {Show.OneLine(answer.By)}: {Show.Short(answer.Answer, 160)}" : "")}");
        return (string.Join('\n', [.. lines, $"Thumbs this month: {month.Up} up, {month.Down} down."]), new { Objections = objections, month.Up, month.Down });
    });

    private static Command Sub(
        string name, string description, Argument[] arguments, Option[] options, Func<IServiceProvider, string, ParseResult, CancellationToken, Task<(string Text, object Json)>> run)
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var command = new Command(name, description) { backlog, dataDir, storage, json };
        foreach (var argument in arguments)
            command.Add(argument);
        foreach (var option in options)
            command.Add(option);
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var chosen = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var (text, answer) = await run(services, chosen, parsed, cancellation);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(answer, OutputJson.Options) : text);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Argument<string?> Item(bool isNeeded) => new("ITEM")
    {
        Description = "The item: github:owner/repo#12.",
        Arity = isNeeded ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    private static Option<string> By() => new("--by") { Description = "Who says it: the login in the tracker.", HelpName = "LOGIN", Required = true };

    private static Option<string> Because() => new("--because") { Description = "The reason, or the answer.", HelpName = "TEXT", Required = true };

    private static WorkItemRef Parse(string text) => WorkItemRef.TryParse(text, out var item)
        ? item!
        : throw new UserErrorException($"'{text}' is no item. Write it as tracker:project#number, for example github:owner/repo#12.");
}
