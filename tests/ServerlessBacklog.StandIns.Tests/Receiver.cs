using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;

namespace ServerlessBacklog.StandIns.Tests;

/// <summary>Somebody who receives webhooks.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private StandInServer? server;

    public ConcurrentQueue<Received> Calls { get; } = [];

    /// <summary>What is answered from now on.</summary>
    public int Status { get; set; } = 202;

    public Uri Address => new(server!.Address, "/hooks/x");

    public static async Task<Receiver> StartAsync()
    {
        var receiver = new Receiver();
        receiver.server = await StandInServer.StartAsync(app => app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            receiver.Calls.Enqueue(new Received(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
            context.Response.StatusCode = receiver.Status;
        }));
        return receiver;
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();
}

internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public System.Text.Json.Nodes.JsonNode Json => System.Text.Json.Nodes.JsonNode.Parse(Body)!;
}
