using Microsoft.Extensions.Configuration;

namespace ServerlessBacklog.Adapters.Trackers.GitHub;

/// <summary>Settings of section <c>GitHub</c>. They are checked when GitHub is first used.</summary>
public sealed record GitHubOptions
{
    public const string Section = "GitHub";

    public const string DefaultApiBaseUrl = "https://api.github.com";

    /// <summary>Secrets of the webhook, all good at once so that they can be rotated. Default: none, so that no call is believed.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; init; } = [];

    /// <summary>A personal or other access token. Default: <c>GITHUB_TOKEN</c>, then <c>GH_TOKEN</c>, for <see cref="DefaultApiBaseUrl"/> only.</summary>
    public string? Token { get; init; }

    /// <summary>The app's number; <see cref="ClientId"/> does as well. An app goes before a token.</summary>
    public string? AppId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>The app's name in addresses: <c>my-app</c> acts as <c>my-app[bot]</c>. Default: asked for when it is needed.</summary>
    public string? AppSlug { get; init; }

    /// <summary>The app's private key: PEM text, or the path of a .pem file.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>Default <see cref="DefaultApiBaseUrl"/>; <c>https://HOST/api/v3</c> for GitHub Enterprise Server.</summary>
    public string ApiBaseUrl { get; init; } = DefaultApiBaseUrl;

    /// <summary>Logins of bots whose events count like those of people. Default: none.</summary>
    public IReadOnlyList<string> AllowedBots { get; init; } = [];

    /// <param name="environment">Reads an environment variable: null when it is not set.</param>
    public static GitHubOptions From(IConfiguration configuration, Func<string, string?> environment)
    {
        var section = configuration.GetSection(Section);
        var address = Text(section["ApiBaseUrl"]) ?? DefaultApiBaseUrl;
        var token = Text(section["Token"]);
        // A token from the environment was made for github.com: no other host is told it.
        if (token is null && address.TrimEnd('/').Equals(DefaultApiBaseUrl, StringComparison.OrdinalIgnoreCase))
            token = Text(environment("GITHUB_TOKEN")) ?? Text(environment("GH_TOKEN"));
        return new GitHubOptions
        {
            WebhookSecrets = List(section, "WebhookSecrets"),
            Token = token,
            AppId = Text(section["AppId"]),
            ClientId = Text(section["ClientId"]),
            AppSlug = Text(section["AppSlug"]),
            PrivateKey = Text(section["PrivateKey"]),
            ApiBaseUrl = address,
            AllowedBots = List(section, "AllowedBots"),
        };
    }

    private static List<string> List(IConfigurationSection section, string name) =>
        [.. section.GetSection(name).GetChildren().Select(c => Text(c.Value)).OfType<string>()];

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
