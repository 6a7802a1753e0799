using System.Globalization;
using ServerlessBacklog.LocalHost.Runs;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>What a run would ask of a language model, as a table with its sum.</summary>
internal static class PlanText
{
    public static void Print(PlanOutcome plan)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{Show.OneLine(plan.Backlog)}[/]: {Show.Count(plan.Open, "open item")}. What {(plan.Model is null ? "a language model" : Show.OneLine(plan.Model))} would be asked:");
        AnsiConsole.WriteLine();
        var table = new Table().Border(TableBorder.None);
        foreach (var name in (string[])["prompt", "what for"])
            table.AddColumn(name);
        foreach (var name in (string[])["looked at", "questions", "kept answers", "tokens in", "tokens out", "cost"])
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var row in plan.Rows)
            table.AddRow(row.Prompt, row.What, N(row.Looked), N(row.Questions), N(row.Kept), N(row.InputTokens), N(row.OutputTokens), plan.Prices.IsKnown ? Money(row.Cost(plan.Prices)) : "");
        table.AddRow("all", "", "", N(plan.Questions), N(plan.Rows.Sum(r => r.Kept)), N(plan.Rows.Sum(r => r.InputTokens)), N(plan.Rows.Sum(r => r.OutputTokens)), plan.Cost is { } cost ? Money(cost) : "");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine();
        var looked = plan.Rows.Sum(r => (long)r.Looked);
        if (looked > 0)
            AnsiConsole.WriteLine($"Asked only where rules and classical models leave something open: {Percent(plan.Questions, looked)} of what asking about every item would be.");
        AnsiConsole.WriteLine(plan switch
        {
            { Model: null } => "No model is configured, so triage goes by rules alone. To use one: docs/models.md.",
            { MayAsk: false } => "Nothing of this backlog may be sent to a model (Models:LocalOnlyBacklogs): triage goes by rules alone.",
            _ when plan.Used.Tokens + plan.Tokens > plan.Limits.TokensPerDay => $"That is more than the backlog may use today ({plan.Limits.TokensPerDay:N0} tokens, {plan.Used.Tokens:N0} used): what does not fit is triaged by rules and asked about on later days.",
            _ => $"Of {plan.Limits.TokensPerDay:N0} tokens a day the backlog has used {plan.Used.Tokens:N0}.",
        });
        if (plan.Cost is null)
            AnsiConsole.MarkupLine("[grey]For the cost set Models:InputPrice and Models:OutputPrice, per million tokens.[/]");
        AnsiConsole.MarkupLine("[grey]Tokens are an estimate: a quarter of the characters, and what answers usually have. Nothing was asked.[/]");
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal cost) => cost.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Percent(long part, long whole) => (100.0 * part / whole).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
