using System.Globalization;
using ServerlessBacklog.LocalHost.Commands;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Pages;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary><c>backlog demo --live</c>: the whole loop against a tracker that is played on this machine.</summary>
/// <param name="DataDirectory">Null for a fresh one that goes when the program ends.</param>
/// <param name="Pace">Pause before each happening.</param>
/// <param name="Model">Settings of a scripted model; null for none.</param>
internal sealed record LiveDemo(int Port, string? DataDirectory, TimeSpan Pace, bool Once, bool Quiet, IReadOnlyDictionary<string, string?>? Model = null)
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var folder = DataDirectory ?? Directory.CreateTempSubdirectory("backlog-live-").FullName;
        try
        {
            await using var tracker = await PlayedGitHub.StartAsync(cancellation);
            var play = new LivePlay(tracker, Pace, Quiet);
            await using var services = CommandRun.LiveServices(folder, Outbox.With(folder, Model is null ? tracker.Settings() : tracker.Settings().Concat(Model).ToDictionary()), play);
            return await RunAsync(services, play, cancellation);
        }
        finally
        {
            if (DataDirectory is null)
                Forget(folder);
        }
    }

    private async Task<int> RunAsync(ServiceProvider services, LivePlay play, CancellationToken cancellation)
    {
        if (!Quiet)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Watch: [bold]http://localhost:{Port}/live[/]");
            AnsiConsole.WriteLine($"A GitHub is played on this machine, with the repository {PlayedGitHub.Repository} of a photo app that does not exist. No account, no token.\n");
        }

        using (var progress = new ProgressLine(Quiet))
        {
            var source = new SourceAddress("github", PlayedGitHub.Repository);
            var settings = services.GetRequiredService<TriageDefaults>();
            var outcome = await services.GetRequiredService<TriageRun>().RunAsync(
                source, null, TimeProvider.System.GetUtcNow(), new TriageSettings { Policy = settings.Policy! }, progress, cancellation);
            if (!Quiet)
                AnsiConsole.WriteLine($"Read once: {Show.Count(outcome.Import.Read, "issue")}. From now on its webhooks tell what happens.");
        }

        return await LocalPages.ServeAsync(services, Port, quiet: true, cancellation, beside: stop => PlayAsync(services, play, stop));
    }

    /// <returns>The exit code; null to go on serving.</returns>
    private async Task<int?> PlayAsync(IServiceProvider services, LivePlay play, CancellationToken cancellation)
    {
        play.Tracker.PointHooksAt(Port);
        var good = await play.RunAsync(new LiveStage(play.Tracker, services, Port), cancellation);
        if (Once)
            return good ? BacklogCommand.Done : BacklogCommand.Failed;
        if (!Quiet)
            AnsiConsole.WriteLine("The page stays until you stop it with Ctrl+C.");
        return null;
    }

    private static void Forget(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // It lies among other temporary files, which the system clears away.
        }
    }
}
