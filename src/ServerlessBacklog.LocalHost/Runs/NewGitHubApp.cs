using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.LocalHost.Commands;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.LocalHost.Pages;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Makes a GitHub App with one click, and keeps what it is known by and its secrets on this machine.</summary>
internal sealed class NewGitHubApp(string dataDirectory, string? storage, bool json, bool opensBrowser)
{
    private readonly LocalSettings kept = new(dataDirectory);

    /// <summary>Names of apps are taken all over GitHub: the host's tells this one apart.</summary>
    public static string NameFor(Uri url)
    {
        var name = $"Backlog {url.Host.Split('.')[0]}";
        return name.Length <= AppWish.LongestName ? name : name[..AppWish.LongestName].TrimEnd('-');
    }

    public async Task<int> RunAsync(AppWish wish, CancellationToken cancellation)
    {
        await using var services = CommandRun.Services(dataDirectory, storage);
        DemandNone(services.GetRequiredService<GitHubOptions>());
        // GitHub tells the secrets once: that they can be kept is known before.
        kept.Keep(new Dictionary<string, string>());
        await using var door = new NewAppDoor(services.GetRequiredService<AppRegistration>(), wish, Keep, services.GetRequiredService<TimeProvider>());
        await door.OpenAsync(cancellation);
        await Show(door.Start);
        var app = await door.WaitAsync(cancellation);
        if (json)
            PrintJson(app);
        else
            PrintText(app);
        return BacklogCommand.Done;
    }

    private void DemandNone(GitHubOptions options)
    {
        if ((options.AppId ?? options.ClientId ?? options.PrivateKey) is null)
            return;
        throw new UserErrorException(
            $"An app is set up here already{(options.AppId is { } id ? $" (GitHub:AppId {id})" : "")}. Choose another --data-dir for another one; to replace it, take GitHub:AppId, GitHub:ClientId and GitHub:AppSlug out of the environment and of {Path.Combine(dataDirectory, "settings.json")}, and delete {kept.PathOf(LocalSecret.GitHubPrivateKey)}.");
    }

    private async Task Show(Uri page)
    {
        var isOpen = opensBrowser && TryOpen(page);
        await Console.Error.WriteLineAsync($"{(isOpen ? "Your browser shows this page; if not, open it" : "Open this page")}: {page}");
        await Console.Error.WriteLineAsync($"Waiting for GitHub, {NewAppDoor.Patience.TotalMinutes:0} minutes at most (stop with Ctrl+C) …");
    }

    private void Keep(RegisteredApp app)
    {
        kept.Keep(LocalSecret.GitHubPrivateKey, app.PrivateKey);
        if (app.WebhookSecret is { } secret)
            kept.Keep(LocalSecret.GitHubWebhook, secret);
        kept.Keep(new Dictionary<string, string> { ["GitHub:AppId"] = $"{app.Id}", ["GitHub:ClientId"] = app.ClientId, ["GitHub:AppSlug"] = app.Slug });
    }

    private void PrintText(RegisteredApp app)
    {
        Console.WriteLine($"The app '{Output.Show.OneLine(app.Name)}' is made (id {app.Id}). Its settings and secrets are kept in {Path.GetFullPath(dataDirectory)}.");
        Console.WriteLine();
        Console.WriteLine("Next:");
        Console.WriteLine($"  install it on your repositories: {app.InstallLink}");
        foreach (var line in NewAppDoor.NextCommands)
            Console.WriteLine($"  {line}");
        Console.WriteLine();
        Console.WriteLine("On Azure (docs/azure.md):");
        foreach (var line in Azure(app))
            Console.WriteLine($"  {line}");
    }

    private void PrintJson(RegisteredApp app) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            app = new { app.Id, app.ClientId, app.Slug, name = Output.Show.OneLine(app.Name), page = app.Page, install = app.InstallLink },
            files = new { private_key = kept.PathOf(LocalSecret.GitHubPrivateKey), webhook_secret = app.WebhookSecret is null ? null : kept.PathOf(LocalSecret.GitHubWebhook) },
            azure = Azure(app),
        },
        OutputJson.Options));

    private IEnumerable<string> Azure(RegisteredApp app)
    {
        yield return ConnectGitHub.AzureCommand(kept, LocalSecret.GitHubPrivateKey);
        if (app.WebhookSecret is not null)
            yield return ConnectGitHub.AzureCommand(kept, LocalSecret.GitHubWebhook);
        yield return $"az functionapp config appsettings set --resource-group GROUP --name APP --settings GitHub__AppId={app.Id} GitHub__AppSlug={app.Slug} --output none";
    }

    private static bool TryOpen(Uri page)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(page.ToString()) { UseShellExecute = true });
            return true;
        }
        catch (Exception none) when (none is Win32Exception or InvalidOperationException or PlatformNotSupportedException or FileNotFoundException)
        {
            return false;
        }
    }
}
