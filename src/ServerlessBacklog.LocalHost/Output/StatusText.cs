using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.Workflow;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>The status on one screen: what needs a person first.</summary>
internal static class StatusText
{
    public static void Print(HostStatus status)
    {
        foreach (var fault in status.Faults)
            AnsiConsole.MarkupLineInterpolated($"[red]{Show.OneLine(fault)}[/]");
        foreach (var stuck in status.Stuck)
            PrintStuck(stuck);
        if (status.Backlogs.Count > 0)
            PrintBacklogs(status.Backlogs);
        else if (status.Faults.Count == 0)
            AnsiConsole.WriteLine("There is no backlog here yet. Run 'backlog' for the sample, or 'backlog triage SOURCE' for your own.");
        if (status.UnderWay.Count > 0)
            PrintUnderWay(status);
        PrintCounts(status.Instances);
    }

    private static void PrintStuck(InstanceState stuck)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]{stuck.Status}[/]  [bold]{Show.OneLine(stuck.Id)}[/]  {Show.Short(stuck.Error ?? "", 400)}");
        AnsiConsole.MarkupLineInterpolated($"[grey]        backlog status --retry {Quote(stuck.Id)}[/]");
    }

    private static void PrintBacklogs(IReadOnlyList<BacklogLine> backlogs)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("backlog").AddColumn("read").AddColumn("examined as of");
        foreach (var line in backlogs)
            table.AddRow(Markup.Escape(Show.OneLine(line.Name)), Minute(line.ReadAt), line.SweptAsOf is null ? "not yet" : Show.Day(line.SweptAsOf));
        AnsiConsole.Write(table);
    }

    private static void PrintUnderWay(HostStatus status)
    {
        AnsiConsole.WriteLine();
        var table = new Table().Border(TableBorder.None).AddColumn(new TableColumn("under way").NoWrap()).AddColumn("since").AddColumn("");
        foreach (var instance in status.UnderWay)
            table.AddRow(Markup.Escape(Show.OneLine(instance.State.Id)), Minute(instance.State.CreatedAt), Markup.Escape(Doing(instance)));
        AnsiConsole.Write(table);
    }

    private static string Doing(InstanceListing instance)
    {
        var words = instance.Calls.Select(Doing).Concat(instance.Waits.Where(w => w.Until is not null).Select(Waiting)).Take(3).ToList();
        return words.Count > 0 ? string.Join("; ", words)
            : instance.Waits.Count > 0 ? string.Join("; ", instance.Waits.Select(Waiting))
            : "waits for its turn; a program that runs (backlog serve, backlog triage) takes it up";
    }

    private static string Doing(OpenCall call) => call switch
    {
        { LastError: { } error } => $"{call.Activity} failed ({Show.Short(error, 160)}); attempt {call.Attempt} {(call.NextAttempt is { } at ? $"at {Minute(at)}" : "follows")}",
        { IsRunning: true } => $"{call.Activity} runs",
        _ => $"{call.Activity} waits for its turn",
    };

    private static string Waiting(OpenWait wait) => wait.Event is { } name
        ? $"waits for {Show.OneLine(name)}{(wait.Until is { } until ? $" until {Minute(until)}" : "")}"
        : $"sleeps until {Minute(wait.Until)}";

    private static void PrintCounts(IReadOnlyList<InstanceCount> counts)
    {
        if (counts.Count == 0)
            return;
        AnsiConsole.WriteLine();
        foreach (var orchestration in counts.GroupBy(c => c.Orchestration))
        {
            var parts = orchestration.Select(c => $"{c.Count:N0} {c.Status.ToString().ToLowerInvariant()}");
            AnsiConsole.MarkupLineInterpolated($"[grey]{orchestration.Key}: {string.Join(", ", parts)}[/]");
        }
    }

    private static string Minute(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'") ?? "unknown";

    /// <summary>An id as it is typed into a shell.</summary>
    private static string Quote(string id) => id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or ':') ? id : $"'{id.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
