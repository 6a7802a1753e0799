using System.Text.Json;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>
/// Which prompts have passed their evaluation with which model, as <c>backlog eval</c> found (FEATURES O15). What a prompt that has not passed leads to is asked,
/// never applied: a changed prompt has another hash, and so begins anew.
/// </summary>
public sealed class PromptProofs(ISnapshotStore bodies)
{
    private const string Name = "prompts/proofs";

    public async Task<Known> LoadAsync(CancellationToken cancellation)
    {
        try
        {
            await using var stream = await bodies.OpenAsync(Name, cancellation);
            return new Known(stream is null ? [] : await JsonSerializer.DeserializeAsync<IReadOnlyList<PromptProof>>(stream, cancellationToken: cancellation) ?? []);
        }
        catch (JsonException)
        {
            return new Known([]);
        }
    }

    /// <summary>Keeps what an evaluation found, in place of an earlier one of the same prompt and model.</summary>
    public async Task SaveAsync(PromptProof proof, CancellationToken cancellation)
    {
        var known = await LoadAsync(cancellation);
        IReadOnlyList<PromptProof> all = [.. known.All.Where(p => (p.Hash, p.Model) != (proof.Hash, proof.Model)), proof];
        await bodies.SaveAsync(Name, stream => JsonSerializer.SerializeAsync(stream, all, cancellationToken: cancellation), cancellation);
    }

    public sealed record Known(IReadOnlyList<PromptProof> All)
    {
        public bool Has(PromptFile prompt, string model) => All.Any(p => p.Passed && p.Hash == prompt.Hash && p.Model == model);
    }
}

/// <param name="Hash">Of the prompt's file.</param>
/// <param name="Figures">What was measured, by name.</param>
public sealed record PromptProof(string Prompt, int Version, string Hash, string Model, bool Passed, DateTimeOffset At, IReadOnlyDictionary<string, double> Figures);
