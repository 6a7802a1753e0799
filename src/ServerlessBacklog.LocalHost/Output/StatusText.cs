using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
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
        if (status.WritesStopped is { } stop)
            AnsiConsole.MarkupLineInterpolated($"[yellow]Writing is stopped[/] since {Minute(stop.Since)}: {Show.Short(stop.Why, 200)} [grey](backlog writes allow)[/]");
        foreach (var alarm in status.Alarms)
            AnsiConsole.MarkupLineInterpolated($"[yellow]Alarm[/] since {Minute(alarm.Since)}: {Show.Short(alarm.Text, 400)}");
        foreach (var stuck in status.Stuck)
            PrintStuck(stuck);
        if (status.Backlogs.Count > 0)
            PrintBacklogs(status.Backlogs);
        else if (status.Faults.Count == 0)
            AnsiConsole.WriteLine("There is no backlog here yet. Run 'backlog' for the sample, or 'backlog triage SOURCE' for your own.");
        PrintDeliveries(status.Deliveries);
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
            table.AddRow(Markup.Escape(Show.OneLine(line.Name)), $"{Minute(line.Reading?.CompletedAt ?? line.ReadAt)}{Rest(line)}", line.SweptAsOf is null ? "not yet" : Show.Day(line.SweptAsOf));
        AnsiConsole.Write(table);
        foreach (var line in backlogs)
            PrintGates(line);
    }

    private static void PrintGates(BacklogLine line)
    {
        if (line is { Rollback: null, Held.Count: 0, HeldScopes.Count: 0, PilotOverride: null, WithoutGate: false })
            return;
        AnsiConsole.MarkupLineInterpolated($"\n[bold]{Show.OneLine(line.Name)}[/]");
        ConfigText.PrintGates(new GatedSettings(new TriageSettings(), line.Held, line.Rollback, line.WithoutGate)
        {
            HeldScopes = line.HeldScopes, PilotOverride = line.PilotOverride,
        });
    }

    private static void PrintDeliveries(DeliveryCounts? deliveries)
    {
        if (deliveries is null || deliveries is { Pending: 0, Failed: 0, Unknown.Count: 0 })
            return;
        AnsiConsole.WriteLine();
        if (deliveries.Pending > 0)
            AnsiConsole.MarkupLineInterpolated($"{Show.Count(deliveries.Pending, "delivery", "deliveries")} of webhooks wait to be started, the oldest since {Minute(deliveries.OldestPending)}; 'backlog serve' works them off.");
        if (deliveries.Failed > 0)
            AnsiConsole.MarkupLineInterpolated($"[red]{Show.Count(deliveries.Failed, "delivery", "deliveries")} could not be started, time and again.[/]");
        if (deliveries.Unknown.Count > 0)
            AnsiConsole.MarkupLineInterpolated($"[grey]Events that this program does not know: {string.Join(", ", deliveries.Unknown.OrderByDescending(u => u.Value).Take(5).Select(u => $"{Show.OneLine(u.Key)} ({u.Value:N0})"))}. Take them off the webhook.[/]");
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

    private static string Rest(BacklogLine line) => line.Reading switch
    {
        { StoppedUntil: { } until, Left: > 0 and var left } => $", about {left:N0} items left out; goes on after {Minute(until)}",
        { StoppedUntil: { } until } => $", not all of it; goes on after {Minute(until)}",
        _ => "",
    };

    private static string Minute(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'") ?? "unknown";

    /// <summary>An id as it is typed into a shell.</summary>
    private static string Quote(string id) => id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or ':') ? id : $"'{id.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
