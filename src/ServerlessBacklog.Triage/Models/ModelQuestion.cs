using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Triage.Models;

/// <summary>One thing that a model is asked about one item.</summary>
/// <typeparam name="T">The answer's type, which the prompt's schema describes.</typeparam>
/// <param name="Backlog">Whose budget it is, and whose privacy.</param>
/// <param name="About">The backlog's own words (<see cref="PromptText.Of"/>).</param>
/// <param name="Sources">The texts it is about, the most important ones first.</param>
public sealed record ModelQuestion<T>(PromptFile Prompt, string Backlog, string About, IReadOnlyList<SourceText> Sources)
    where T : class
{
    /// <summary>What is wrong with an answer of the right form: ids that nobody gave, quotes that do not stand there. A sentence each, for the one repair.</summary>
    public required Func<T, IEnumerable<string>> Faults { get; init; }

    /// <summary>Names of people that stand in the texts, for backlogs that hide them.</summary>
    public IReadOnlyCollection<string> People { get; init; } = [];
}

/// <param name="Value">Null when there is no answer; <see cref="Call"/> says why.</param>
/// <param name="Why">Why there is none, in a sentence for people; null when there is one.</param>
public sealed record ModelAnswer<T>(T? Value, Consultation Call, string? Why = null)
    where T : class
{
    public ModelFailure? Failure { get; init; }

    /// <summary>When it makes sense to ask again; null when it does not before the item changes.</summary>
    public DateTimeOffset? AgainAt { get; init; }
}
