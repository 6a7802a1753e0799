using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Setup;

/// <summary>Runs every check of the set-up, one after the other, and tells all that was found: one that fails does not hide the others.</summary>
public sealed class SetupDoctor(IEnumerable<ISetupCheck> checks, LiveBacklogs backlogs)
{
    /// <param name="begins">Told the area of each check before it runs.</param>
    public async Task<IReadOnlyList<SetupArea>> LookAsync(Action<string>? begins, CancellationToken cancellation)
    {
        var projects = await ProjectsAsync(cancellation);
        var areas = new List<SetupArea>();
        foreach (var check in checks)
        {
            begins?.Invoke(check.Area);
            areas.Add(new SetupArea(check.Area, await LookAsync(check, [.. projects[check.Tracker ?? ""]], cancellation)));
        }

        return areas;
    }

    /// <summary>What one check finds; what stops it on the way is a finding too.</summary>
    public static async Task<IReadOnlyList<SetupFinding>> LookAsync(ISetupCheck check, IReadOnlyList<string> projects, CancellationToken cancellation)
    {
        var findings = new List<SetupFinding>();
        try
        {
            await foreach (var finding in check.CheckAsync(projects, cancellation))
                findings.Add(finding);
        }
        catch (UserErrorException wrong)
        {
            findings.Add(SetupFinding.Wrong("It cannot be looked at any further.", wrong.Message));
        }
        catch (BudgetExhaustedException used)
        {
            findings.Add(SetupFinding.Warning("It allows no further request for now.", $"{used.Message.TrimEnd('.')}. Look again after {used.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC."));
        }
        catch (HttpRequestException network)
        {
            findings.Add(SetupFinding.Wrong("It cannot be reached.", $"{network.Message.TrimEnd('.')}. Check the address, the network and a proxy on the way."));
        }

        return findings;
    }

    /// <summary>Projects by tracker; none while the store cannot be read, which the check of the storage tells.</summary>
    private async Task<ILookup<string, string>> ProjectsAsync(CancellationToken cancellation)
    {
        var found = new List<LiveBacklog>();
        try
        {
            await foreach (var backlog in backlogs.ListAsync(cancellation))
                found.Add(backlog);
        }
        catch (UserErrorException)
        {
            found.Clear();
        }

        return found.ToLookup(b => b.Source.Tracker, b => b.Source.Location);
    }
}

/// <param name="Area">The part of the set-up.</param>
public sealed record SetupArea(string Area, IReadOnlyList<SetupFinding> Findings)
{
    public bool IsWrong => Findings.Any(f => f.State == SetupState.Wrong);
}
