namespace ServerlessBacklog.StandIns.Models;

public sealed record ModelStandInOptions
{
    /// <summary>Keys that are accepted: as bearer token everywhere, and in the header <c>api-key</c> below <c>/openai</c>. Without any and without <see cref="Tokens"/> everybody is let in.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Tokens of identities, good below <c>/openai</c> only.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Models, or deployments, that chat.</summary>
    public IReadOnlyList<string> ChatModels { get; init; } = ["scripted"];

    /// <summary>Models, or deployments, that embed → components of a vector.</summary>
    public IReadOnlyDictionary<string, int> EmbeddingModels { get; init; } = new Dictionary<string, int> { ["scripted-embedding"] = 256 };

    /// <summary>False plays a model that is older than <c>json_schema</c>.</summary>
    public bool KnowsJsonSchema { get; init; } = true;

    /// <summary>True plays a model that thinks first: it refuses <c>temperature</c> and <c>max_tokens</c>.</summary>
    public bool Reasons { get; init; }

    /// <summary>Tokens of a prompt and its answer together.</summary>
    public int ContextTokens { get; init; } = 128_000;

    /// <summary>Tokens that one text to embed may have.</summary>
    public int EmbeddingTokens { get; init; } = 8_192;

    /// <summary>Texts that one request may have embedded.</summary>
    public int EmbeddingsPerRequest { get; init; } = 2_048;
}
