namespace ServerlessBacklog.Triage.Ports;

/// <summary>What each backlog has used of language models, day by day (UTC).</summary>
public interface IModelLedger
{
    Task<ModelUse> UsedAsync(string backlog, DateOnly day, CancellationToken cancellation);

    /// <summary>Adds to what is written down for the day; several processes may do so at once, and nothing is lost.</summary>
    Task AddAsync(string backlog, DateOnly day, ModelUse use, CancellationToken cancellation);
}

/// <param name="Calls">Requests that a model answered or failed on; answers from our own cache are not among them.</param>
/// <param name="Reused">Questions whose answer was in our own cache.</param>
/// <param name="InputTokens">Tokens of prompts, those of <paramref name="CachedTokens"/> among them.</param>
/// <param name="CachedTokens">Tokens of prompts that the service had in its cache.</param>
/// <param name="OutputTokens">Tokens of answers.</param>
/// <param name="Cost">In the currency of the prices; 0 where nobody said what tokens cost.</param>
public sealed record ModelUse(long Calls = 0, long Reused = 0, long InputTokens = 0, long CachedTokens = 0, long OutputTokens = 0, decimal Cost = 0)
{
    public long Tokens => InputTokens + OutputTokens;

    public ModelUse Plus(ModelUse more) => new(
        Calls + more.Calls, Reused + more.Reused, InputTokens + more.InputTokens, CachedTokens + more.CachedTokens, OutputTokens + more.OutputTokens, Cost + more.Cost);
}
