using System.CommandLine;
using System.Globalization;
using System.Text;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Planning;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog plan-meeting</c>: what a planning meeting looks at, what is open first, and how long it takes.</summary>
internal static class PlanMeetingCommand
{
    private const int LongestMeeting = 24 * 60;

    private const string Description = """
        Prepare a planning meeting: the items of highest rank, those with open questions first, and a model of how long it takes (docs/value.md).

        Examples:
          backlog plan-meeting --top 30 --out plan.md
          backlog plan-meeting --minutes-before 240     a meeting without a pack took four hours
          backlog plan-meeting --minutes 95             one with a pack took 95 minutes
        """;

    public static Command Create()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var top = CommonOptions.Top();
        var output = new Option<string?>("--out") { Description = "Also write it as Markdown.", HelpName = "FILE" };
        var minutes = Minutes("--minutes", "How long a meeting with a pack really took; kept.");
        var before = Minutes("--minutes-before", "How long one without a pack really took; kept.");
        var command = new Command("plan-meeting", Description) { backlog, top, output, minutes, before, dataDir, storage };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var meetings = services.GetRequiredService<PlanningMeetings>();
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (parsed.GetValue(minutes) is { } with)
                await meetings.AddAsync(name, new PlanningMeeting(now, with, WithPack: true), cancellation);
            if (parsed.GetValue(before) is { } without)
                await meetings.AddAsync(name, new PlanningMeeting(now, without, WithPack: false), cancellation);
            var input = await services.GetRequiredService<Reporting>().LoadAsync(name, cancellation);
            var pack = PlanningPack.Of(input, ReportBuilder.Build(input), parsed.GetValue(top)) with { Meetings = await meetings.LoadAsync(name, cancellation) };
            foreach (var line in PlanningText.Of(pack, plain: true).Split('\n'))
                Console.WriteLine($"{line[..^line.TrimStart().Length]}{Show.OneLine(line.TrimStart())}");
            if (parsed.GetValue(output) is { } path)
                await OutputFile.WriteAsync(path, async stream => await stream.WriteAsync(Encoding.UTF8.GetBytes(PlanningText.Of(pack)), cancellation));
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Option<double?> Minutes(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "MINUTES" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(double.TryParse(text.Value, CultureInfo.InvariantCulture, out var given) && given is > 0 and <= LongestMeeting))
                result.AddError($"{name} takes minutes, more than 0 and at most {LongestMeeting}.");
        });
        return option;
    }
}
