using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog items</c>: the open items in order of priority, as found by the last run.</summary>
internal static class ItemsCommand
{
    private const string Description = """
        List the open items of a triaged backlog, what to do first on top.

        Examples:
          backlog items --top 20
          backlog items --search "address book" --mark duplicate
          backlog items --json
        """;

    public static Command Create()
    {
        var backlog = CommonOptions.Backlog();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var top = CommonOptions.Top();
        var search = new Option<string?>("--search") { Description = "Only titles that hold these words.", HelpName = "WORDS" };
        var mark = new Option<string?>("--mark") { Description = "Only items with this mark." };
        mark.AcceptOnlyFromAmong([.. Enum.GetNames<ItemMarks>().Skip(1).Select(n => n.ToLowerInvariant())]);
        var command = new Command("items", Description) { backlog, top, search, mark, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var report = ReportBuilder.Build(await services.GetRequiredService<Reporting>().LoadAsync(name, cancellation));
            var wanted = parsed.GetValue(mark) is { } word ? Enum.Parse<ItemMarks>(word, ignoreCase: true) : ItemMarks.None;
            var words = (parsed.GetValue(search) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var chosen = report.Items
                .Where(i => words.All(w => i.Item.Title.Contains(w, StringComparison.OrdinalIgnoreCase)))
                .Where(i => (i.Marks & wanted) == wanted)
                .ToList();
            var shown = chosen.Take(parsed.GetValue(top)).ToList();
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(shown, OutputJson.Options));
            else
                Print(shown, chosen.Count);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void Print(List<ReportItem> items, int total)
    {
        if (total == 0)
        {
            AnsiConsole.WriteLine("No open item matches.");
            return;
        }

        var table = new Table().Border(TableBorder.None)
            .AddColumn(new TableColumn("rank").RightAligned())
            .AddColumn(new TableColumn("item").NoWrap())
            .AddColumn(new TableColumn("score").RightAligned())
            .AddColumn("title")
            .AddColumn("marks");
        foreach (var item in items)
        {
            table.AddRow(
                $"{item.Rank}",
                Markup.Escape(Show.OneLine(item.Item.Ref.Number)),
                item.Score is { } score ? $"{score:0.00}" : "",
                Markup.Escape(Show.Short(item.Item.Title, 90)),
                item.Marks == ItemMarks.None ? "" : item.Marks.ToString().ToLowerInvariant());
        }

        AnsiConsole.Write(table);
        if (total > items.Count)
            AnsiConsole.MarkupLineInterpolated($"[grey]{items.Count:N0} of {total:N0}; --top shows more.[/]");
    }
}
