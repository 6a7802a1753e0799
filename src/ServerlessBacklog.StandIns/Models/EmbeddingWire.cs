using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>Embeddings as they go over the wire.</summary>
internal static class EmbeddingWire
{
    public static (JsonObject Answer, ModelTokens Tokens) Serve(JsonObject body, string model, int size, ModelStandInOptions options)
    {
        var texts = Texts(body["input"]);
        if (texts.Count == 0 || texts.Exists(t => t.Length == 0))
            throw ModelRefusals.Wrong("'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.");
        if (texts.Count > options.EmbeddingsPerRequest)
            throw ModelRefusals.Wrong($"'$.input' is invalid: at most {options.EmbeddingsPerRequest} inputs.");
        if (texts.Select(TokenCount.Of).Max() is var longest && longest > options.EmbeddingTokens)
            throw ModelRefusals.TooLong(options.EmbeddingTokens, longest);
        var wanted = body["dimensions"]?.GetValue<int>() ?? size;
        if (wanted < 1 || wanted > size)
            throw ModelRefusals.Wrong($"Invalid value for 'dimensions' = {wanted}. Must be less than or equal to {size}.", "dimensions");
        var isBase64 = body["encoding_format"]?.GetValue<string>() == "base64";
        var tokens = texts.Sum(TokenCount.Of);
        var data = texts.Select((text, i) => (JsonNode)new JsonObject
        {
            ["object"] = "embedding",
            ["index"] = i,
            ["embedding"] = Vector(WordVectors.Shorten(WordVectors.Of(text, size), wanted), isBase64),
        });
        return (new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. data]),
            ["model"] = model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        }, new ModelTokens(tokens, 0, 0));
    }

    private static JsonNode Vector(float[] vector, bool isBase64) => isBase64
        ? JsonValue.Create(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)))
        : new JsonArray([.. vector.Select(x => (JsonNode)JsonValue.Create(x))]);

    private static List<string> Texts(JsonNode? input) => input switch
    {
        JsonArray many => [.. many.Select(t => t!.GetValue<string>())],
        null => [],
        _ => [input.GetValue<string>()],
    };
}
