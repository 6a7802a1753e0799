using System.CommandLine;
using System.Text.Json;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog themes</c>: what people ask for, in groups of what is alike.</summary>
internal static class ThemesCommand
{
    private const int Shown = 3;

    private const string Description = """
        Group open features, requests and questions into themes: how many people stand behind each, and which items it holds. The label is the title of the
        item in the middle (docs/themes.md).

        Examples:
          backlog themes
          backlog themes --top 5
          backlog themes --json
        """;

    public static Command Create()
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var top = new Option<int>("--top") { Description = "Themes that are shown.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var command = new Command("themes", Description) { top, backlog, dataDir, storage, json };
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            var themes = (await services.GetRequiredService<SnapshotKeeper>().CurrentAsync(name, cancellation)).Model(ThemesPart.Of);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Backlog = name, themes.Basis, themes.Items, themes.Alone, Themes = themes.Themes.Take(parsed.GetValue(top)) }, OutputJson.Options));
            else
                Print(name, themes, parsed.GetValue(top));
            return BacklogCommand.Done;
        });
        return command;
    }

    private static void Print(string name, ThemesPart themes, int top)
    {
        Console.WriteLine($"{Show.Count(themes.Themes.Count, "theme")} in {Show.Count(themes.Items, "item")} of '{Show.OneLine(name)}'; {themes.Alone:N0} are like no two others. {themes.Basis}");
        foreach (var theme in themes.Themes.Take(top))
        {
            Console.WriteLine();
            Console.WriteLine(Show.Short(theme.Label, 100));
            Console.WriteLine($"  {Behind(theme.People, theme.Unnamed)}{Show.Count(theme.Members.Count, "item")}: {string.Join(", ", theme.Words.Select(Show.OneLine))}");
            foreach (var member in theme.Members.Take(Shown))
                Console.WriteLine($"  {member.Ref.Number}  {Show.Short(member.Title, 90)}");
            if (theme.Members.Count > Shown)
                Console.WriteLine($"  and {theme.Members.Count - Shown:N0} more");
        }
    }

    /// <summary>Nothing where the source names nobody: "0 people" would say that nobody asks.</summary>
    private static string Behind(int people, int votes) => (people, votes) switch
    {
        (0, 0) => "",
        (0, _) => $"{Show.Count(votes, "vote")}, ",
        _ => $"{(people == 1 ? "1 person" : $"{people:N0} people")}{(votes > 0 ? $" and {Show.Count(votes, "vote")}" : "")}, ",
    };
}
