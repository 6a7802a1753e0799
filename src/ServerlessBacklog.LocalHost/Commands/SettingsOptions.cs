using System.CommandLine;
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
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
                result.AddError("--stale-after takes a number of days, 1 or more.");
        });
    }

    public void AddTo(Command command)
    {
        command.Add(framework);
        command.Add(goals);
        command.Add(staleAfter);
        command.Add(asOf);
    }

    public DateTimeOffset? AsOf(ParseResult parsed) => CommandRun.ParseMoment(parsed.GetValue(asOf));

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
            Staleness = defaults.Staleness with { StaleAfterDays = parsed.GetValue(staleAfter) },
        };
    }
}
