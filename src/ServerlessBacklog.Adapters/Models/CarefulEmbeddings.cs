using Microsoft.Extensions.AI;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>Vectors for all texts that were given, in their order, or a <see cref="ModelException"/> that says why not.</summary>
internal sealed class CarefulEmbeddings(IEmbeddingGenerator<string, Embedding<float>> model, ModelCaller caller) : DelegatingEmbeddingGenerator<string, Embedding<float>>(model)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values as IReadOnlyList<string> ?? [.. values];
        var made = await caller.CallAsync(stop => base.GenerateAsync(texts, options, stop), cancellationToken);
        if (made.Count != texts.Count || made.Any(e => e.Vector.IsEmpty || e.Vector.Length != made[0].Vector.Length))
            throw new ModelException(ModelFailure.Invalid, $"For {texts.Count} texts the model gave {made.Count} vectors, or such as do not compare.") { Usage = made.Usage };
        return made;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            caller.Dispose();
        base.Dispose(disposing);
    }
}
