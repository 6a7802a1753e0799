using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters.Notifications.Email;
using ServerlessBacklog.Adapters.Notifications.Slack;
using ServerlessBacklog.Adapters.Notifications.Webhooks;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications;

/// <summary>The channels by which people are told something outside a tracker. A new one is a file in this folder and a line here.</summary>
public static class Channels
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(EmailChannel),
        typeof(TeamsChannel),
        typeof(SlackChannel),
    ];

    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        var options = NotificationOptions.Read(configuration);
        foreach (var channel in All)
            services.AddSingleton(typeof(INotificationChannel), channel);
        return services
            .AddSingleton(options)
            .AddSingleton(new NotificationSite(options.Site))
            .AddSingleton<NotificationHttp>()
            .AddMail(options)
            .AddSingleton<INotificationStore, NotificationRows>()
            .AddSingleton<IChatStore, ChatRows>()
            .AddSingleton<IChat, SlackChat>()
            .AddSingleton<ISetupCheck, NotificationCheck>()
            .AddSingleton<Subscriptions>()
            .AddSingleton<NotificationLinks>()
            .AddSingleton<Unsubscribing>()
            .AddSingleton<Ledger>()
            .AddSingleton<NotificationDesk>()
            .AddSingleton<AskMessages>()
            .AddSingleton<ChatItems>()
            .AddSingleton<ChatTalk>()
            .AddSingleton<ChatListener>()
            .AddSingleton<ChatDoor>();
    }

    /// <summary>One way at a time, the surest first.</summary>
    private static IServiceCollection AddMail(this IServiceCollection services, NotificationOptions options) =>
        options.Graph is { } graph ? services.AddSingleton<IMailTransport>(provider => new GraphMail(graph, GraphMail.IdentityOf(graph), provider.GetRequiredService<NotificationHttp>()))
        : options.Smtp is { } smtp ? services.AddSingleton<IMailTransport>(new SmtpMail(smtp))
        : options.MailDirectory is { } folder ? services.AddSingleton<IMailTransport>(provider => new FileMail(folder, provider.GetRequiredService<TimeProvider>()))
        : services;
}
