using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Setup;

/// <summary>
/// What <c>backlog connect</c> keeps beside the backlogs on this machine: <c>settings.json</c>, and one file for each secret under
/// <c>secrets/</c>, named as the secret is named in Key Vault, readable by its owner only. Environment variables go before both.
/// </summary>
public sealed class LocalSettings(string dataDirectory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Failed = "The settings cannot be kept on this machine";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private string SettingsPath => Path.Combine(dataDirectory, "settings.json");

    /// <summary>Adds what is kept in a data directory; nothing when there is none.</summary>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public static IConfigurationBuilder AddTo(IConfigurationBuilder builder, string dataDirectory)
    {
        var kept = new LocalSettings(dataDirectory);
        var values = kept.Read();
        foreach (var secret in LocalSecret.All)
        {
            if (File.Exists(kept.PathOf(secret)))
                values[secret.Key] = secret.IsPath ? kept.PathOf(secret) : File.ReadAllText(kept.PathOf(secret)).Trim();
        }

        return builder.AddInMemoryCollection(values!);
    }

    /// <summary>Keeps settings that are no secrets, by their names in the form <c>GitHub:AppId</c>.</summary>
    public void Keep(IReadOnlyDictionary<string, string> settings)
    {
        var all = Read();
        foreach (var (key, value) in settings)
            all[key] = value;
        Write(SettingsPath, JsonSerializer.Serialize(new SortedDictionary<string, string>(all, StringComparer.Ordinal), Json));
    }

    /// <summary>Keeps a secret in a file that only its owner reads.</summary>
    /// <returns>The file's path.</returns>
    public string Keep(LocalSecret secret, string value)
    {
        Write(PathOf(secret), value);
        return PathOf(secret);
    }

    /// <summary>A secret of 32 random bytes, as 64 hex digits.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public string PathOf(LocalSecret secret) => Path.GetFullPath(Path.Combine(dataDirectory, "secrets", secret.Name));

    private Dictionary<string, string> Read()
    {
        if (!File.Exists(SettingsPath))
            return new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            return new Dictionary<string, string>(
                JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(SettingsPath)) ?? [], StringComparer.OrdinalIgnoreCase);
        }
        catch (JsonException wrong)
        {
            throw new UserErrorException($"{SettingsPath} is not the JSON that it was: one object of names and texts ({wrong.Message.Split('.')[0]}). Mend it, or delete it and run 'backlog connect' again.", wrong);
        }
    }

    /// <summary>Written aside and moved into place, so that a reader sees the old or the new text; never readable by others, not even for a moment.</summary>
    private static void Write(string path, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var aside = $"{path}.{Guid.NewGuid():n}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
            using (var writer = new StreamWriter(aside, options))
                writer.Write(text);
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Failed}: {fault.Message.TrimEnd('.')}. Choose a folder that you may write to with --data-dir.", fault);
        }
    }
}

/// <summary>A secret that is kept in a file of its own.</summary>
/// <param name="Name">The file's name, and the secret's in Key Vault (docs/azure.md).</param>
/// <param name="Key">The setting that it is read as.</param>
/// <param name="IsPath">True when the setting takes the file's path.</param>
public sealed record LocalSecret(string Name, string Key, bool IsPath = false)
{
    // Beside numbered ones of the environment, which come first: both are good at once.
    public static LocalSecret GitHubWebhook { get; } = new("github-webhook-secret", "GitHub:WebhookSecrets:kept");

    public static LocalSecret GitHubPrivateKey { get; } = new("github-private-key", "GitHub:PrivateKey", IsPath: true);

    public static LocalSecret AzureDevOpsHook { get; } = new("azuredevops-hook-secret", "AzureDevOps:HookSecrets:kept");

    public static IReadOnlyList<LocalSecret> All { get; } = [GitHubWebhook, GitHubPrivateKey, AzureDevOpsHook];
}
