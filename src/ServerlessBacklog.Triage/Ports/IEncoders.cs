using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>What tells what the texts of a backlog mean.</summary>
public interface IEncoders
{
    /// <returns>The same one each time; null without any: then triage goes by words alone.</returns>
    ITextEncoder? For(string backlog);
}

/// <summary>An encoder that asks a service, many texts at once and before they are encoded.</summary>
public interface IPreparedEncoder : ITextEncoder
{
    /// <summary>
    /// Fetches the vectors of items that are about to be encoded. What cannot be had (the service is down, the day's tokens are used) is left out and no fault:
    /// <see cref="ITextEncoder.Encode"/> then gives null.
    /// </summary>
    Task PrepareAsync(IReadOnlyCollection<WorkItem> items, CancellationToken cancellation);
}
