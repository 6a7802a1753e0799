using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Setup;

/// <summary>Judges the settings by themselves: asks no service. All that is wrong is told at once, not one thing after the other.</summary>
public static class SettingsCheck
{
    public const string Area = "Settings";

    /// <summary>How an app setting begins that Key Vault was to fill in. It reads like this where it could not.</summary>
    private const string Reference = "@Microsoft.KeyVault(";

    /// <exception cref="UserErrorException">Something is wrong; the message says all of it.</exception>
    public static void Demand(IConfiguration configuration)
    {
        var wrong = Look(configuration).Where(f => f.State == SetupState.Wrong).Select(f => $"{f.What} {f.Mend}").ToList();
        if (wrong.Count > 0)
            throw new UserErrorException(wrong.Count == 1 ? wrong[0] : $"{wrong.Count} settings are wrong:\n- {string.Join("\n- ", wrong)}");
    }

    public static IReadOnlyList<SetupFinding> Look(IConfiguration configuration)
    {
        var keys = configuration.AsEnumerable().Where(k => k.Value is not null).ToList();
        var unresolved = keys.Where(k => k.Value!.StartsWith(Reference, StringComparison.OrdinalIgnoreCase)).Select(k => k.Key).Order().ToList();
        List<SetupFinding> findings = [.. unresolved.Select(Unresolved), .. keys.Select(k => k.Key).Order(StringComparer.Ordinal).Select(Unknown).OfType<SetupFinding>()];
        foreach (var read in Readings(configuration, unresolved))
        {
            try
            {
                read();
            }
            catch (UserErrorException wrong)
            {
                findings.Add(SetupFinding.Wrong(FirstSentence(wrong.Message), Rest(wrong.Message)));
            }
        }

        findings.AddRange(Storage(configuration));
        if (!findings.Exists(f => f.State == SetupState.Wrong))
            findings.Insert(0, SetupFinding.Ok($"Of {SettingList.All.Count()} settings, {keys.Count(k => k.Value!.Length > 0 && SettingList.All.Any(s => s.Is(k.Key)))} set and readable; the others have their defaults."));
        return findings;
    }

    /// <summary>What reads settings throws where one is wrong. A setting that Key Vault left open is told once, not also as misread.</summary>
    private static IEnumerable<Action> Readings(IConfiguration configuration, IReadOnlyCollection<string> unresolved)
    {
        if (!Open("GitHub"))
            yield return () => GitHub(GitHubOptions.From(configuration, Environment.GetEnvironmentVariable));
        if (!Open("AzureDevOps"))
            yield return () => AzureDevOpsOptions.Read(configuration, Environment.GetEnvironmentVariable);
        if (!Open("Storage"))
            yield return () => Queue(configuration);
        yield return () => PaceOptions.Read(configuration);
        yield return () => PolicySettings.Read(configuration);
        if (!Open(ModelOptions.Section))
        {
            yield return () => ModelOptions.Read(configuration);
            yield return () => EncoderSettings.Read(configuration);
        }
        yield return () => PrivacyOptions.Read(configuration);
        yield return () => ValueOptions.Read(configuration);
        if (!Open(NotificationOptions.Section))
            yield return () => NotificationOptions.Read(configuration);
        yield return () => TelemetrySettings.Read(configuration);
        foreach (var job in Timers.All)
            yield return () => Schedules.Of(job, configuration);

        bool Open(string section) => unresolved.Any(k => k.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));
    }

    private static void GitHub(GitHubOptions options)
    {
        GitHubAddress.Parse(options.ApiBaseUrl);
        if (GitHubAccount.Of(options) is GitHubAccount.App app)
            AppKey.Read(app.PrivateKey).Dispose();
    }

    /// <summary>The connection, and the queue that lies in it.</summary>
    private static void Queue(IConfiguration configuration)
    {
        var connection = configuration[ServerlessBacklogServices.StorageConnection];
        if (!string.IsNullOrWhiteSpace(connection))
            AzureConnection.Parse(connection);
        if (configuration["AzureDevOps:HookQueue"] is { Length: > 0 } queue)
            AzureHookQueue.Open(AzureDevOpsTracker.TrackerName, connection, queue, Microsoft.Extensions.Logging.Abstractions.NullLogger<AzureHookQueue>.Instance);
    }

    private static IEnumerable<SetupFinding> Storage(IConfiguration configuration)
    {
        // Azure sets this for every app that it runs.
        if (string.IsNullOrEmpty(configuration["WEBSITE_INSTANCE_ID"]))
            yield break;
        var connection = configuration[ServerlessBacklogServices.StorageConnection];
        if (string.IsNullOrWhiteSpace(connection))
            yield return SetupFinding.Wrong("Storage:Connection is not set.", "What a function app writes to its own disk is lost: set it to the name of the storage account.");
        else if (connection.Contains("AccountKey=", StringComparison.OrdinalIgnoreCase))
            yield return SetupFinding.Warning("Storage:Connection holds a key.", "Set it to the name of the storage account alone: then the app's identity signs in, and there is no secret to keep.");
    }

    private static SetupFinding Unresolved(string key) => SetupFinding.Wrong(
        $"{key} is a Key Vault reference that was not resolved.",
        "Check that the vault has that secret, that the app's identity has the role 'Key Vault Secrets User' on it, and that the app uses this identity for references (docs/azure.md).");

    private static SetupFinding? Unknown(string key)
    {
        var section = key.Split(':')[0];
        if (!key.Contains(':') || !SettingList.Groups.Any(g => g.Name.Split(':')[0].Equals(section, StringComparison.OrdinalIgnoreCase)))
            return null;
        // Steps and fields have checks of their own, with the names that there are.
        if (SettingList.All.Any(s => s.Is(key)) || key.StartsWith("Triage:Steps:", StringComparison.OrdinalIgnoreCase) || key.StartsWith("Privacy:Fields:", StringComparison.OrdinalIgnoreCase))
            return null;
        var near = NearestWord.To(key, [.. SettingList.All.Select(s => s.Key)]);
        return SetupFinding.Wrong($"There is no setting {key}.", near is null ? "Settings are listed in docs/settings.md." : $"Did you mean {near}{(SettingList.All.First(s => s.Key == near).IsList ? ":0" : "")}?");
    }

    private static string FirstSentence(string message) => message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? message[..(end + 1)] : message;

    private static string Rest(string message) => message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? message[(end + 2)..] : "See docs/settings.md.";
}
