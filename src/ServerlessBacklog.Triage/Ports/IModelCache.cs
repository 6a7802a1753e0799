namespace ServerlessBacklog.Triage.Ports;

/// <summary>Answers of language models by what was asked, so that nothing is asked twice. Holds text of items: it is purged and erased like them.</summary>
public interface IModelCache
{
    /// <param name="key">Digest of model, prompt and input, 64 hex digits.</param>
    /// <returns>The answer as it was saved; null when there is none.</returns>
    Task<string?> FindAsync(string backlog, string key, CancellationToken cancellation);

    Task SaveAsync(string backlog, string key, string answer, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Deletes answers that were saved before a moment; all of the backlog's where it is null.</summary>
    /// <returns>How many there were.</returns>
    Task<int> PurgeAsync(string backlog, DateTimeOffset? before, CancellationToken cancellation);
}
