using Microsoft.Extensions.AI;

namespace ServerlessBacklog.Triage.Models;

/// <summary>The language models that this host may ask, and how much. Without any, triage goes by rules and classical models alone.</summary>
public sealed record ModelSetup
{
    public static ModelSetup None { get; } = new();

    /// <summary>What answers; null where no model is configured or nothing may leave this process. Throws <see cref="ModelException"/> only.</summary>
    public IChatClient? Chat { get; init; }

    /// <summary>Why a model that somebody meant to use cannot be asked, as a sentence with its mend; null when none is set, or all is well.</summary>
    public string? WhyNone { get; init; }

    /// <summary>The model's or deployment's name, as audit rows spell it.</summary>
    public string ChatModel { get; init; } = "";

    /// <summary>Tokens that a prompt and its answer may have together; longer texts are cut.</summary>
    public int ContextTokens { get; init; } = 16_000;

    /// <summary>Questions under way at once in one process.</summary>
    public int AtOnce { get; init; } = 4;

    public ModelLimits Limits { get; init; } = new();

    public ModelPrices Prices { get; init; } = ModelPrices.Unknown;

    /// <summary>Backlogs of which nothing is ever sent to a model, by name; a name that ends with <c>*</c> stands for all that begin so.</summary>
    public IReadOnlyList<string> LocalOnlyBacklogs { get; init; } = [];

    public bool MayAsk(string backlog) => Chat is not null && !IsLocalOnly(backlog);

    public bool IsLocalOnly(string backlog) => LocalOnlyBacklogs.Any(name => name.EndsWith('*')
        ? backlog.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
        : backlog.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What one backlog may use in one UTC day; afterwards it is triaged by rules until the next.</summary>
/// <param name="TokensPerDay">Tokens of prompts and answers together; default 500,000.</param>
/// <param name="CostPerDay">In the currency of the prices; null for no such limit.</param>
public sealed record ModelLimits(long TokensPerDay = 500_000, decimal? CostPerDay = null);

/// <summary>What a million tokens cost, in one currency.</summary>
/// <param name="CachedInput">For the part of a prompt that the service has in its own cache.</param>
public sealed record ModelPrices(decimal Input, decimal CachedInput, decimal Output)
{
    /// <summary>Nobody said what tokens cost: cost is not shown, and no limit of cost can hold.</summary>
    public static ModelPrices Unknown { get; } = new(0, 0, 0);

    public bool IsKnown => Input + Output > 0;

    /// <param name="input">All tokens of prompts, those of <paramref name="cached"/> among them.</param>
    public decimal Of(long input, long cached, long output) =>
        ((input - cached) * Input + cached * CachedInput + output * Output) / 1_000_000m;
}
