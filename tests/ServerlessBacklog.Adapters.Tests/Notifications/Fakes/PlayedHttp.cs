using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServerlessBacklog.Adapters.Tests.Notifications.Fakes;

/// <summary>Anything that takes a POST: Microsoft Graph, a workflow of Teams, a webhook of Slack.</summary>
internal sealed class PlayedHttp : IPlayedService
{
    private readonly WebApplication app;

    private PlayedHttp(WebApplication app) => this.app = app;

    public Mood Mood { get; set; }

    /// <summary>The status of a message that is taken.</summary>
    public int Taken { get; init; } = 200;

    /// <summary>Answers with this status instead; null for what <see cref="Mood"/> says.</summary>
    public int? Status { get; set; }

    /// <summary>How it says that an address is gone.</summary>
    public (int Status, string Body) Gone { get; init; } = (404, "");

    public ConcurrentQueue<(string Path, string? Authorization, string? Type, string Body)> Calls { get; } = new();

    public int Arrived => Calls.Count;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<PlayedHttp> StartAsync(int taken = 200, int gone = 404, string why = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var played = new PlayedHttp(app) { Taken = taken, Gone = (gone, why) };
        app.Run(played.AnswerAsync);
        await app.StartAsync();
        return played;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Calls.Enqueue(($"{context.Request.Path}{context.Request.QueryString}", context.Request.Headers.Authorization, context.Request.ContentType, await reader.ReadToEndAsync()));
        if (Mood == Mood.CutsOff)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = Status ?? Mood switch { Mood.Gone => Gone.Status, Mood.Busy => 429, _ => Taken };
        if (Mood == Mood.Busy)
            context.Response.Headers.RetryAfter = "120";
        if (Mood == Mood.Gone)
            await context.Response.WriteAsync(Gone.Body);
        if (context.Response.StatusCode is >= 300 and < 400)
            context.Response.Headers.Location = $"{Address}elsewhere";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
