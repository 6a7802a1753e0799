using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.LocalHost.Commands;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Points GitHub's webhook at a host with a secret that both know, then looks at all that the repository needs.</summary>
internal sealed class ConnectGitHub(string dataDirectory, string? storage, bool json)
{
    private readonly LocalSettings kept = new(dataDirectory);

    public GitHubOptions Options { get; } = GitHubOptions.From(CommandRun.Configuration(dataDirectory, storage), Environment.GetEnvironmentVariable);

    public async Task<int> CheckAsync(string repository, CancellationToken cancellation)
    {
        await using var services = CommandRun.Services(dataDirectory, storage);
        return SetupText.Print([await LookAsync(services, repository, cancellation)], json) ? BacklogCommand.Done : BacklogCommand.Failed;
    }

    public async Task<int> ConnectAsync(string repository, Uri url, CancellationToken cancellation)
    {
        string name;
        await using (var services = CommandRun.Services(dataDirectory, storage))
            name = await services.GetRequiredService<GitHubConnector>().DemandAsync(repository, cancellation);
        var secret = Options.WebhookSecrets is [var first, ..] ? first : LocalSettings.NewSecret();
        var isNew = Options.WebhookSecrets.Count == 0;
        // Kept before GitHub is told: whatever happens then, no webhook signs with a secret that nobody knows.
        if (isNew)
            kept.Keep(LocalSecret.GitHubWebhook, secret);
        if (!json)
            await Console.Error.WriteLineAsync("Setting up the webhook; then GitHub tries it, which takes some seconds …");
        // Made anew, so that they know the secret.
        await using var told = CommandRun.Services(dataDirectory, storage);
        var done = await told.GetRequiredService<GitHubConnector>().ConnectAsync(name, url, secret, cancellation);
        var areas = new[] { new SetupArea("Webhook", [Where(secret, isNew), .. done]), await LookAsync(told, name, cancellation) };
        var isRight = SetupText.Print(areas, json);
        if (!json)
            PrintNext(name, secret);
        return isRight ? BacklogCommand.Done : BacklogCommand.Failed;
    }

    private static async Task<SetupArea> LookAsync(IServiceProvider services, string repository, CancellationToken cancellation)
    {
        var check = services.GetServices<ISetupCheck>().OfType<GitHubSetup>().Single();
        return new SetupArea(check.Area, await SetupDoctor.LookAsync(check, [repository], cancellation));
    }

    private SetupFinding Where(string secret, bool isNew) => !IsKept(secret) ? SetupFinding.Ok("The webhook signs with the first of GitHub:WebhookSecrets, as it is set here; the host has to have the same.")
        : SetupFinding.Ok($"The webhook signs with {(isNew ? "a new secret, which is kept in" : "the secret that is kept in")} {kept.PathOf(LocalSecret.GitHubWebhook)}; the host has to have the same.");

    private void PrintNext(string repository, string secret)
    {
        Console.WriteLine();
        if (IsKept(secret))
        {
            Console.WriteLine("Give the host the secret:");
            Console.WriteLine("  on this machine: 'backlog serve' over the same --data-dir reads it when it starts");
            Console.WriteLine($"  on Azure:        {AzureCommand(LocalSecret.GitHubWebhook)}");
            Console.WriteLine();
        }

        Console.WriteLine("Next:");
        Console.WriteLine($"  backlog triage github:{repository}");
        Console.WriteLine("  backlog serve                 (or on Azure: docs/azure.md)");
        Console.WriteLine($"  backlog connect github {repository} --check");
    }

    private string AzureCommand(LocalSecret secret) => AzureCommand(kept, secret);

    /// <summary>How a secret that lies in a file gets into Key Vault without being shown.</summary>
    public static string AzureCommand(LocalSettings kept, LocalSecret secret) =>
        $"az keyvault secret set --vault-name NAME --name {secret.Name} --file \"{kept.PathOf(secret)}\" --output none";

    private bool IsKept(string secret) => File.Exists(kept.PathOf(LocalSecret.GitHubWebhook)) && File.ReadAllText(kept.PathOf(LocalSecret.GitHubWebhook)).Trim() == secret;
}
