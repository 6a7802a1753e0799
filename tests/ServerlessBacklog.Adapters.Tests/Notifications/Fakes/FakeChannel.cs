using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Notifications.Fakes;

/// <summary>A channel that does what a test wants and remembers what it was given.</summary>
internal sealed class FakeChannel(string name) : INotificationChannel
{
    public ConcurrentQueue<(string Address, Digest Digest)> Sent { get; } = new();

    public Func<string, Task<SendResult>> Answer { get; set; } = _ => Task.FromResult(new SendResult(SendOutcome.Sent));

    public string Name => name;

    public string? WhyNot { get; set; }

    public Func<string, string?> Refuses { get; set; } = _ => null;

    public string? WhyRefused(string address) => Refuses(address);

    public async Task<SendResult> SendAsync(string address, Digest digest, CancellationToken cancellation)
    {
        Sent.Enqueue((address, digest));
        return await Answer(address);
    }
}
