using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.People;

/// <summary>Remembers what was told, once for each cause, as the desk that sends does.</summary>
internal sealed class RecordedTeller : ITeller
{
    private readonly ConcurrentQueue<ToldMessage> told = new();

    public IReadOnlyList<ToldMessage> Told => [.. told];

    public Task TellAsync(string backlog, Digest digest, string cause, string? person, CancellationToken cancellation)
    {
        told.Enqueue(new ToldMessage(digest, cause, person));
        return Task.CompletedTask;
    }
}

internal sealed record ToldMessage(Digest Digest, string Cause, string? Person)
{
    public string Text => string.Join(' ', Digest.Sections.SelectMany(s => s.Lines).Prepend(Digest.Title));
}
