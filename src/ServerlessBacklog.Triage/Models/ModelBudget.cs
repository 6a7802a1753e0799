using System.Collections.Concurrent;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Models;

/// <summary>
/// What a backlog may still use today (FEATURES O16). What is under way counts as used, by estimate. Processes that ask at the same moment know of each other
/// by what is written down, so together they can pass the limit by what each has under way, no more.
/// </summary>
public sealed class ModelBudget(ModelSetup setup, IModelLedger ledger, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> underWay = new(StringComparer.Ordinal);

    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>When used-up budgets are whole again: the next UTC midnight.</summary>
    public DateTimeOffset NextDay => new(Today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Why a question of so many tokens may not be asked now; null when it may.</summary>
    public async Task<string?> WhyNotAsync(string backlog, long tokens, CancellationToken cancellation)
    {
        var used = await ledger.UsedAsync(backlog, Today, cancellation);
        if (used.Tokens + underWay.GetValueOrDefault(backlog) + tokens > setup.Limits.TokensPerDay)
            return $"the backlog has used {used.Tokens:N0} of the {setup.Limits.TokensPerDay:N0} tokens that it has in a day";
        return setup.Limits.CostPerDay is { } most && setup.Prices.IsKnown && used.Cost + setup.Prices.Of(underWay.GetValueOrDefault(backlog) + tokens, 0, 0) > most
            ? $"the backlog has spent {used.Cost:0.00} of the {most:0.00} that it has in a day"
            : null;
    }

    public void Begin(string backlog, long tokens) => underWay.AddOrUpdate(backlog, tokens, (_, now) => now + tokens);

    public Task EndAsync(string backlog, long tokens, ModelUse use, CancellationToken cancellation)
    {
        underWay.AddOrUpdate(backlog, 0, (_, now) => now - tokens);
        return ledger.AddAsync(backlog, Today, use with { Cost = setup.Prices.Of(use.InputTokens, use.CachedTokens, use.OutputTokens) }, cancellation);
    }
}
