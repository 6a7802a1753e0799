using System.CommandLine;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Setup;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog connect azuredevops</c>: makes or mends the service hooks of a project, then checks all that they need.</summary>
internal static class ConnectAzureDevOpsCommand
{
    private const string Description = """
        Connect a project of Azure DevOps: make its five service hooks (work item created, updated, commented on, deleted, restored), or give
        those that lead to the same host the secret and enable them; others are not touched. Then check sign-in, rights, hooks and host.
        Running it twice does no harm. Exit code 1 when something is wrong. docs/azure-devops.md is the guide.

        Examples:
          backlog connect azuredevops contoso/Shop --url https://MY-APP.azurewebsites.net
          backlog connect azuredevops "contoso/Web Shop" --check                          look only, change nothing
          backlog connect azuredevops contoso/Shop --url https://MY-APP.azurewebsites.net --check     and ask the host for the secret
        """;

    public static Command Create()
    {
        var project = new Argument<string>("PROJECT") { Description = "The project, as ORG/PROJECT.", HelpName = "ORG/PROJECT" };
        var url = new Option<string?>("--url") { Description = "The public address of the host that takes the hooks in: https://MY-APP.azurewebsites.net.", HelpName = "URL" };
        var check = new Option<bool>("--check") { Description = "Look only: change nothing, here or there." };
        var dataDir = CommonOptions.DataDir();
        var storage = CommonOptions.Storage();
        var json = CommonOptions.Json();
        var command = new Command("azuredevops", Description) { project, url, check, dataDir, storage, json };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(check) && result.GetValue(url) is null)
                result.AddError("--url is missing: the address that service hooks call, for example https://MY-APP.azurewebsites.net. Or --check, to look only.");
        });
        command.SetRun((parsed, cancellation) => RunAsync(
            new Asked(NameOf(parsed.GetValue(project)!), parsed.GetValue(url), parsed.GetValue(check), parsed.GetValue(json)),
            parsed.GetValue(dataDir)!,
            parsed.GetValue(storage),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Asked asked, string dataDirectory, string? storage, CancellationToken cancellation)
    {
        var settings = new SetupArea(SettingsCheck.Area, SettingsCheck.Look(CommandRun.Configuration(dataDirectory, storage)));
        if (settings.IsWrong)
            return SetupText.Print([settings], asked.Json) ? BacklogCommand.Done : BacklogCommand.Failed;

        var done = asked.Url is null ? new Connected(asked.Project, []) : await ConnectAsync(asked, dataDirectory, storage, cancellation);
        // Made anew: the secret may have been kept only now.
        await using var services = CommandRun.Services(dataDirectory, storage);
        var look = services.GetServices<ISetupCheck>().Single(c => c.Tracker == AzureDevOpsTracker.TrackerName);
        IReadOnlyList<SetupFinding> found;
        using (var progress = new ProgressLine(asked.Json))
        {
            progress.Show(look.Area, 0, 0);
            found = await SetupDoctor.LookAsync(look, [done.Project], cancellation);
        }

        var isRight = SetupText.Print([new SetupArea(look.Area, [.. done.Findings, .. found])], asked.Json);
        if (!asked.Json && !asked.CheckOnly)
            Next(done);
        return isRight ? BacklogCommand.Done : BacklogCommand.Failed;
    }

    private static async Task<Connected> ConnectAsync(Asked asked, string dataDirectory, string? storage, CancellationToken cancellation)
    {
        await using var services = CommandRun.Services(dataDirectory, storage);
        var connection = services.GetRequiredService<AzureDevOpsConnection>();
        var plan = await connection.PlanAsync(asked.Project, asked.Url!, cancellation);
        var secret = services.GetRequiredService<AzureDevOpsOptions>().HookSecrets is [var first, ..] ? first : null;
        if (asked.CheckOnly)
            return new Connected(plan.Name, secret is null ? [] : [await AzureDevOpsConnection.AskHostAsync(plan, secret, cancellation)]);

        string? kept = null;
        if (secret is null)
            kept = new LocalSettings(dataDirectory).Keep(LocalSecret.AzureDevOpsHook, secret = LocalSettings.NewSecret());
        var changes = await connection.ApplyAsync(plan, secret, cancellation);
        return new Connected(
            plan.Name,
            [
                SetupFinding.Ok($"Service hooks to {plan.Url}: {changes.Made} made, {changes.Mended} that were there enabled and given the secret."),
                await AzureDevOpsConnection.AskHostAsync(plan, secret, cancellation),
            ],
            kept);
    }

    private static void Next(Connected done)
    {
        Console.WriteLine();
        if (done.SecretPath is { } path)
        {
            Console.WriteLine($"A new secret of the hooks is kept in {path}. 'backlog serve' with the same --data-dir takes it when it is started anew; a function app takes it from Key Vault:");
            Console.WriteLine($"  az keyvault secret set --vault-name NAME --name {LocalSecret.AzureDevOpsHook.Name} --file {path}");
        }

        Console.WriteLine($"Next: backlog triage \"{AzureDevOpsTracker.TrackerName}:{Show.OneLine(done.Project)}\"");
        Console.WriteLine("On Azure: docs/azure.md");
    }

    private static string NameOf(string project) =>
        project.StartsWith($"{AzureDevOpsTracker.TrackerName}:", StringComparison.OrdinalIgnoreCase) ? project[(AzureDevOpsTracker.TrackerName.Length + 1)..] : project;

    private sealed record Asked(string Project, string? Url, bool CheckOnly, bool Json);

    /// <param name="SecretPath">Where a secret that was made just now is kept.</param>
    private sealed record Connected(string Project, IReadOnlyList<SetupFinding> Findings, string? SecretPath = null);
}
