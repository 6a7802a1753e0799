using System.Globalization;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications;

/// <summary>How messages leave, from the host's settings (<c>Notifications:…</c>, docs/notifications.md).</summary>
internal sealed record NotificationOptions
{
    public const string Section = "Notifications";

    public const int DefaultSmtpPort = 587;

    public const string DefaultGraph = "https://graph.microsoft.com";

    public Uri? Site { get; init; }

    public SmtpOptions? Smtp { get; init; }

    public GraphOptions? Graph { get; init; }

    /// <summary>Folder into which mails are written instead of being sent.</summary>
    public string? MailDirectory { get; init; }

    /// <summary>URLs by name. They are secrets.</summary>
    public IReadOnlyDictionary<string, string> TeamsWebhooks { get; init; } = new Dictionary<string, string>();

    /// <summary>URLs by name. They are secrets.</summary>
    public IReadOnlyDictionary<string, string> SlackWebhooks { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> SlackSigningSecrets { get; init; } = [];

    /// <summary>True where services are played on this machine.</summary>
    public bool AllowLoopback { get; init; }

    /// <exception cref="UserErrorException">A setting cannot be used; the message never repeats a secret.</exception>
    public static NotificationOptions Read(IConfiguration configuration)
    {
        var all = configuration.GetSection(Section);
        return new NotificationOptions
        {
            Site = Address(all, "SiteUrl") is { } site ? new Uri($"{site.AbsoluteUri.TrimEnd('/')}/") : null,
            Smtp = SmtpOf(all),
            Graph = all["Email:Graph:Mailbox"] is { Length: > 0 } mailbox
                ? new GraphOptions(mailbox, all["Email:Graph:ClientId"], Address(all, "Email:Graph:BaseUrl") ?? new Uri(DefaultGraph))
                : null,
            MailDirectory = all["Email:Directory"] is { Length: > 0 } folder ? folder : null,
            TeamsWebhooks = Named(all, "Teams:Webhooks"),
            SlackWebhooks = Named(all, "Slack:Webhooks"),
            SlackSigningSecrets = [.. all.GetSection("Slack:SigningSecrets").GetChildren().Select(c => c.Value).OfType<string>().Where(s => s.Length > 0)],
            AllowLoopback = all["AllowLoopback"] is { Length: > 0 } text
                && (bool.TryParse(text, out var on) ? on : throw new UserErrorException($"The setting {Section}:AllowLoopback is '{text}'. Write true or false.")),
        };
    }

    private static SmtpOptions? SmtpOf(IConfigurationSection all)
    {
        if (all["Email:Smtp:Host"] is not { Length: > 0 } host)
            return null;
        var port = all["Email:Smtp:Port"] is not { Length: > 0 } text ? DefaultSmtpPort
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535 ? number
            : throw new UserErrorException($"The setting {Section}:Email:Smtp:Port is '{text}'. Write a port, for example 587.");
        if (all["Email:Smtp:From"] is not { Length: > 0 } from)
            throw new UserErrorException($"The setting {Section}:Email:Smtp:From is missing. Write the address that messages come from, for example backlog@example.com.");
        return new SmtpOptions(host, port, from, all["Email:Smtp:User"], all["Email:Smtp:Password"]);
    }

    private static Uri? Address(IConfigurationSection all, string name) => all[name] is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) ? address
        : throw new UserErrorException($"The setting {Section}:{name} is no https address. Write for example https://backlog.example.com.");

    private static Dictionary<string, string> Named(IConfigurationSection all, string name) =>
        all.GetSection(name).GetChildren().Where(c => c.Value is { Length: > 0 }).ToDictionary(c => c.Key, c => c.Value!, StringComparer.OrdinalIgnoreCase);
}

/// <param name="From">Who the messages come from.</param>
/// <param name="User">Null for a server that asks for none.</param>
internal sealed record SmtpOptions(string Host, int Port, string From, string? User, string? Password);

/// <param name="Mailbox">Address of the one mailbox that messages are sent from.</param>
/// <param name="ClientId">A user-assigned managed identity; null for whoever signs in otherwise.</param>
internal sealed record GraphOptions(string Mailbox, string? ClientId, Uri BaseUrl);
