using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace ServerlessBacklog.Adapters.Tests.Notifications.Fakes;

/// <summary>A mail server of others' making, on this machine.</summary>
internal sealed class PlayedMail : MessageStore, IPlayedService, IMailboxFilter
{
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public Mood Mood { get; set; }

    public ConcurrentQueue<MimeMessage> Messages { get; } = new();

    public int Arrived => Messages.Count;

    public int Port { get; private init; }

    public static PlayedMail Start()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var played = new PlayedMail { Port = ((IPEndPoint)free.LocalEndpoint).Port };
        free.Stop();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, played.Port))).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add((IMessageStore)played);
        services.Add((IMailboxFilter)played);
        played.running = new SmtpServer.SmtpServer(options, services).StartAsync(played.stop.Token);
        return played;
    }

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        Messages.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
        if (Mood == Mood.CutsOff)
            context.Pipe.Dispose();
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) => Mood switch
    {
        Mood.Gone => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "no such mailbox ada@example.com")),
        Mood.Busy => throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.InsufficientStorage, "come again")),
        _ => Task.FromResult(true),
    };

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
