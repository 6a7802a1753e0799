using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>Tells people who want to be told. Quiet hours are kept there: what comes in them is held until they end.</summary>
public interface ITeller
{
    /// <param name="cause">Names what it is about: the same cause is told once to each address.</param>
    /// <param name="person">Login of the only one whom it concerns; null for all.</param>
    Task TellAsync(string backlog, Digest digest, string cause, string? person, CancellationToken cancellation);
}
