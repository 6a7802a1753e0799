using System.Security.Cryptography;
using ServerlessBacklog.StandIns.GitHub.Hooks;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Access;

/// <summary>Registers apps from manifests. Their secrets are told once, to whoever brings the code within an hour.</summary>
internal sealed class AppDesk(World world, HookCenter hooks, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private readonly Dictionary<string, (MadeApp Made, DateTimeOffset Until)> waiting = [];

    /// <summary>Makes the app, which is installed nowhere yet, and its webhook, which is pinged.</summary>
    /// <returns>The code.</returns>
    public string Accept(AppManifest manifest, string owner)
    {
        using var key = RSA.Create(2048);
        var app = new GitHubAppIdentity
        {
            Id = world.NextId(), ClientId = "Iv23li" + Random(14), Slug = manifest.Name.ToLowerInvariant().Replace(' ', '-'), Name = manifest.Name, Owner = owner,
            PublicKeyPem = key.ExportSubjectPublicKeyInfoPem(), Events = manifest.Events,
            Permissions = new Dictionary<string, string>(manifest.Permissions) { ["metadata"] = "read" },
        };
        var made = new MadeApp(app, key.ExportRSAPrivateKeyPem(), Random(40), Random(40));
        world.App = app;
        world.Installations.Clear();
        if (manifest.HookUrl is { } url)
        {
            var hook = new Hook(world.NextId(), url, made.WebhookSecret, app.Id, null) { IsActive = manifest.HookIsActive };
            hooks.Keep(hook);
            if (hook.IsActive)
                hooks.Ping(hook, null, null);
        }

        var code = Random(40);
        waiting[code] = (made, clock.GetUtcNow() + Life);
        return code;
    }

    /// <returns>null when the code is unknown, used or too old.</returns>
    public MadeApp? Take(string code) => waiting.Remove(code, out var found) && found.Until > clock.GetUtcNow() ? found.Made : null;

    private static string Random(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);
}

/// <summary>An app with what only its owner may know.</summary>
internal sealed record MadeApp(GitHubAppIdentity App, string Pem, string WebhookSecret, string ClientSecret);
