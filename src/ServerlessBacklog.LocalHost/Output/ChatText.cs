using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Questions;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>An answer of the conversation, for reading in a terminal.</summary>
internal static class ChatText
{
    public static void Print(ChatAnswer answer, DecisionOutcome? outcome)
    {
        if (answer.Kind == ChatKind.Done)
        {
            OutcomeText.Print(answer.Text, outcome, answer.Decision is not null);
            return;
        }

        AnsiConsole.WriteLine(Show.Lines(answer.Text));
        foreach (var item in answer.Items)
        {
            AnsiConsole.MarkupLineInterpolated($"  [bold]{Show.OneLine(item.Ref.Number)}[/]  {Show.Short(item.Title, 80)}  [grey]{Show.OneLine(item.Note)}[/]");
            if (item.Url is { } url)
                AnsiConsole.MarkupLineInterpolated($"      [grey]{Show.OneLine(url.ToString())}[/]");
        }

        if (answer.Total > answer.Items.Count)
            AnsiConsole.WriteLine($"  and {answer.Total - answer.Items.Count:N0} more");
        if (answer.Act is "count" or "who")
        {
            foreach (var figure in answer.Figures)
                AnsiConsole.WriteLine($"  {figure.Value,6:0.##}  {Show.OneLine(figure.Name)}");
        }

        foreach (var reading in answer.Readings)
            AnsiConsole.WriteLine($"  - {Show.OneLine(reading)}");
        if (answer.Query is { } query)
            AnsiConsole.MarkupLineInterpolated($"[grey]Looked up: {Show.OneLine(query)}{(answer.ByModel ? " (read by the language model)" : "")}; as of {answer.AsOf:yyyy-MM-dd HH:mm} UTC.[/]");
        if (answer.Plan is { } plan)
            // Not cut into lines: it is to be copied.
            Console.WriteLine($"To have it done, until {plan.Until:HH:mm} UTC:{Environment.NewLine}  backlog ask --yes {plan.Token}");
    }
}
