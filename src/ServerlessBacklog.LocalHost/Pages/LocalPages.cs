using System.Net;
using System.Net.Sockets;
using ServerlessBacklog.LocalHost.Mcp;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;
using Spectre.Console;

namespace ServerlessBacklog.LocalHost.Pages;

/// <summary>The web host: bound to the loopback address, so that only this machine reaches it.</summary>
internal static class LocalPages
{
    /// <param name="allowChanges">True to let assistants propose changes at <c>/mcp</c>.</param>
    /// <param name="beside">Runs once the pages are there; answers the exit code, or null to go on serving.</param>
    public static async Task<int> ServeAsync(
        IServiceProvider services, int port, bool quiet, CancellationToken cancellation, Func<CancellationToken, Task<int?>>? beside = null, bool allowChanges = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Each route has a limit of its own and an answer for it; with one here, the caller would be cut off before he has read that.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.AddMcp(services, PersonRun.Operator(null), allowChanges);
        // Whoever still listens, such as an assistant, is not waited for: it connects again.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        await using var app = builder.Build();
        app.RefuseForeignNames();
        await using var live = services.GetRequiredService<LiveWork>();
        app.MapApiRoutes(services, live.DeliveryWaits);
        app.MapLivePages(services);
        app.MapGuidePages();
        app.MapMcp();
        app.MapSitePages(services);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception taken) when (taken.GetBaseException() is SocketException)
        {
            throw new UserErrorException(
                $"Port {port} cannot be opened ({taken.GetBaseException().Message.TrimEnd('.')}). Stop the program that uses it, or choose another one: --port {port % 65535 + 1}.", taken);
        }

        if (!quiet)
            AnsiConsole.MarkupLineInterpolated($"Pages: [bold]http://localhost:{port}[/]; triage goes on in the background (stop with Ctrl+C)");
        live.Begin();
        if (beside is not null && await beside(cancellation) is { } code)
            return code;
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
