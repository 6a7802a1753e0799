using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog people list|import|unmapped|erase</c>: who is who across GitHub, Azure DevOps, Entra, Slack and mail.</summary>
internal static class PeopleCommand
{
    public static Command Create() => new("people", "Who is who across GitHub, Azure DevOps, Entra, Slack and mail.")
    {
        ListPeople(),
        ImportPeople(),
        ListUnmapped(),
        PeopleEraseCommand.Create(),
    };

    private static Command ListPeople()
    {
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("list", "List everybody who is known.\n\nExample:\n  backlog people list") { dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var people = (await services.GetRequiredService<IPeopleDirectory>().LoadAsync(cancellation)).People;
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(people, OutputJson.Options));
                return BacklogCommand.Done;
            }

            var table = new Table().Border(TableBorder.None).AddColumn("name").AddColumns([.. PeopleDirectory.Systems]);
            foreach (var person in people)
                table.AddRow([Cell(person.Name), .. PeopleDirectory.Systems.Select(s => Cell(person.In(s) ?? ""))]);
            AnsiConsole.Write(table);
            AnsiConsole.MarkupLineInterpolated($"[grey]{Show.Count(people.Count, "person", "people")}. 'backlog people import FILE' takes their place (docs/people.md).[/]");
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Command ImportPeople()
    {
        var file = new Argument<string>("FILE") { Description = "YAML file of people (docs/people.md)." };
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var command = new Command("import", "Store the people of a file in place of those that are known.\n\nExample:\n  backlog people import people.yml") { file, dataDir, storage };
        command.SetRun(async (parsed, cancellation) =>
        {
            var people = await PeopleFile.ReadAsync(parsed.GetRequiredValue(file), cancellation);
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            await services.GetRequiredService<IPeopleDirectory>().SaveAsync(people, cancellation);
            AnsiConsole.MarkupLineInterpolated($"{Show.Count(people.People.Count, "person is", "people are")} known now. 'backlog people unmapped' names those who are not.");
            return BacklogCommand.Done;
        });
        return command;
    }

    private static Command ListUnmapped()
    {
        var backlog = CommonOptions.Backlog();
        var top = CommonOptions.Top();
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("unmapped", "List people whom items name and no record holds, those seen most often first.\n\nExample:\n  backlog people unmapped --backlog shop")
        {
            backlog, top, dataDir, storage, json,
        };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var store = services.GetRequiredService<IBacklogStore>();
            var name = await CommandRun.ChooseBacklogAsync(store, parsed.GetValue(backlog), cancellation);
            var people = await services.GetRequiredService<IPeopleDirectory>().LoadAsync(cancellation);
            var unmapped = UnmappedPeople.Of(await store.ItemsAsync(name, cancellation).ToListAsync(cancellation), people);
            var shown = unmapped.Take(parsed.GetValue(top)).ToList();
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(shown, OutputJson.Options));
            else
                PrintUnmapped(shown, unmapped.Count);
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void PrintUnmapped(List<UnmappedPerson> people, int total)
    {
        var table = new Table().Border(TableBorder.None).AddColumn("tracker").AddColumn("login").AddColumn(new TableColumn("seen").RightAligned());
        foreach (var person in people)
            table.AddRow(person.Tracker, Cell(person.Login), $"{person.Seen:N0}");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"[grey]{people.Count:N0} of {total:N0} without a record. Nobody is guessed: add them to the file and import it again.[/]");
    }

    private static string Cell(string text) => Markup.Escape(Show.Short(text, 60));
}
