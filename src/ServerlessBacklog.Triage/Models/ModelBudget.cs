using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Models;

/// <summary>
/// What a backlog may still use today (FEATURES O16). What is under way counts as used, by estimate. Processes that ask at the same moment know of each other
/// by what is written down, so together they can pass the limit by what each has under way, no more.
/// </summary>
public sealed class ModelBudget(ModelSetup setup, IModelLedger ledger, TimeProvider time)
{
    private readonly Dictionary<string, long> underWay = new(StringComparer.Ordinal);

    private SemaphoreSlim Gate { get; } = new(1);

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>When used-up budgets are whole again: the next UTC midnight.</summary>
    public DateTimeOffset NextDay => new(Today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Begins a question of so many tokens.</summary>
    /// <returns>Why it may not be asked now; null when it may, and counts from here to <see cref="EndAsync"/>.</returns>
    public async Task<string?> TryBeginAsync(string backlog, long tokens, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            var why = Judge(await ledger.UsedAsync(backlog, Today, cancellation), underWay.GetValueOrDefault(backlog), tokens);
            if (why is null)
                underWay[backlog] = underWay.GetValueOrDefault(backlog) + tokens;
            return why;
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <param name="tokens">What it began with.</param>
    public async Task EndAsync(string backlog, long tokens, ModelUse use, CancellationToken cancellation)
    {
        await Gate.WaitAsync(cancellation);
        try
        {
            underWay[backlog] = underWay.GetValueOrDefault(backlog) - tokens;
            await ledger.AddAsync(backlog, Today, use with { Cost = setup.Prices.Of(use.InputTokens, use.CachedTokens, use.OutputTokens) }, cancellation);
        }
        finally
        {
            Gate.Release();
        }
    }

    private string? Judge(ModelUse used, long begun, long tokens)
    {
        if (used.Tokens + begun + tokens > setup.Limits.TokensPerDay)
            return $"the backlog has used {used.Tokens:N0} of the {setup.Limits.TokensPerDay:N0} tokens that it has in a day";
        return setup.Limits.CostPerDay is { } most && setup.Prices.IsKnown && used.Cost + setup.Prices.Of(begun + tokens, 0, 0) > most
            ? $"the backlog has spent {used.Cost:0.00} of the {most:0.00} that it has in a day"
            : null;
    }
}
