using System.CommandLine;
using System.Globalization;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary>The options by which a user steers triage for one run.</summary>
internal sealed class SettingsOptions
{
    private static readonly Dictionary<string, PriorityFramework> Frameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wsjf"] = PriorityFramework.Wsjf,
        ["rice"] = PriorityFramework.Rice,
        ["ice"] = PriorityFramework.Ice,
        ["moscow"] = PriorityFramework.Moscow,
        ["value-effort"] = PriorityFramework.ValueEffort,
    };

    private readonly Option<string> framework = new("--framework")
    {
        Description = "How items are ordered (docs/prioritising.md).",
        DefaultValueFactory = _ => "wsjf",
    };

    private readonly Option<string?> goals = new("--goals") { Description = "YAML file with the team's goals and their weights (docs/goals.md).", HelpName = "FILE" };

    private readonly Option<string?> pack = new("--pack") { Description = "YAML file with the backlog's own words: glossary, components, examples (docs/domain-packs.md).", HelpName = "FILE" };

    private readonly Option<int> staleAfter = new("--stale-after")
    {
        Description = "Days without human activity after which an item counts as stale.",
        HelpName = "DAYS",
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<string?> asOf = new("--as-of")
    {
        Description = "The moment to count ages to: a date, or 'now'. Default: the newest moment that the source speaks of.",
        HelpName = "DATE",
    };

    public SettingsOptions()
    {
        framework.AcceptOnlyFromAmong([.. Frameworks.Keys]);
        staleAfter.Validators.Add(result =>
        {
            if (result.Tokens is [var days] && !(int.TryParse(days.Value, CultureInfo.InvariantCulture, out var number) && number >= 1))
                result.AddError("--stale-after takes a number of days, 1 or more.");
        });
        asOf.Validators.Add(result =>
        {
            if (result.Tokens is [var moment] && !CommandRun.TryParseMoment(moment.Value, out _))
                result.AddError($"'{moment.Value}' is no moment. Write --as-of with a date such as 2026-11-22, or now.");
        });
    }

    public void AddTo(Command command)
    {
        command.Add(framework);
        command.Add(goals);
        command.Add(pack);
        command.Add(staleAfter);
        command.Add(asOf);
    }

    public DateTimeOffset? AsOf(ParseResult parsed) => 
        parsed.GetValue(asOf) is { } text && CommandRun.TryParseMoment(text, out var moment) ? moment : null;

    public async Task<TriageSettings> ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var defaults = new TriageSettings();
        return defaults with
        {
            Priority = defaults.Priority with
            {
                Framework = Frameworks[parsed.GetValue(framework)!],
                Goals = parsed.GetValue(goals) is { } file ? await GoalsFile.ReadAsync(file, cancellation) : [],
            },
            Pack = parsed.GetValue(pack) is { } words ? await PackFile.ReadAsync(words, cancellation) : DomainPack.Empty,
            Staleness = defaults.Staleness with { StaleAfterDays = parsed.GetValue(staleAfter) },
        };
    }
}
