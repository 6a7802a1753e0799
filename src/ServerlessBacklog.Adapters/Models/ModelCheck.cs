using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>Whether models answer: one small question with a schema, one text to embed. They cost some fifty tokens.</summary>
internal sealed class ModelCheck(ModelConnection models, TimeProvider time) : ISetupCheck
{
    private const string Mend = "docs/models.md tells how models are connected; triage goes by rules until then.";

    private static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"ready":{"type":"boolean"}},"required":["ready"],"additionalProperties":false}""");

    public string Area => "Models";

    public string? Tracker => null;

    public async IAsyncEnumerable<SetupFinding> CheckAsync(IReadOnlyList<string> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (models.Options.LocalOnly)
            yield return SetupFinding.Off("Models:LocalOnly is set: nothing is sent to a model, triage goes by rules.");
        else if (models.Setup.Chat is null && models.Embeddings is null)
            yield return SetupFinding.Off("No model: triage goes by rules.", "docs/models.md tells what a model adds and how it is connected.");
        if (models.Setup.Chat is { } chat)
            yield return await TryAsync($"'{models.Options.ChatDeployment}' answers and keeps to a schema", () => AskAsync(chat, cancellation));
        if (models.Setup.Chat is not null && !models.Options.Prices.IsKnown)
            yield return SetupFinding.Warning("Nobody said what tokens cost, so cost is not shown.", "Set Models:InputPrice, Models:CachedInputPrice and Models:OutputPrice (of a million tokens).");
        if (models.Embeddings is { } embeddings)
            yield return await TryAsync($"'{models.Options.EmbeddingDeployment}' embeds", () => EmbedAsync(embeddings, cancellation));
    }

    private async Task<SetupFinding> TryAsync(string what, Func<Task<string?>> ask)
    {
        var since = time.GetTimestamp();
        try
        {
            return await ask() is { } wrong
                ? SetupFinding.Wrong(wrong, Mend)
                : SetupFinding.Ok($"{what} ({time.GetElapsedTime(since).TotalMilliseconds:N0} ms).");
        }
        catch (ModelException failed)
        {
            return SetupFinding.Wrong(failed.Message, Mend);
        }
    }

    private async Task<string?> AskAsync(IChatClient chat, CancellationToken cancellation)
    {
        var answer = await chat.GetResponseAsync(
            [new(ChatRole.System, "Answer in JSON."), new(ChatRole.User, "Are you ready? Say true.")],
            new ChatOptions { Temperature = 0, ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "ready") },
            cancellation);
        return IsReady(answer.Text) ? null : $"'{models.Options.ChatDeployment}' answers, and not by the schema that it was given: it does not know json_schema. Choose a model with structured outputs.";
    }

    private async Task<string?> EmbedAsync(IEmbeddingGenerator<string, Embedding<float>> embeddings, CancellationToken cancellation)
    {
        var size = models.Options.EmbeddingSize;
        var made = await embeddings.GenerateAsync(["Checkout crashes when the cart is empty."], new EmbeddingGenerationOptions { Dimensions = size > 0 ? size : null }, cancellation);
        return size == 0 || made[0].Vector.Length == size ? null : $"'{models.Options.EmbeddingDeployment}' gives vectors of {made[0].Vector.Length} components, whatever it is asked for. Set Models:EmbeddingSize to 0.";
    }

    private static bool IsReady(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("ready", out var ready) && ready.ValueKind is JsonValueKind.True or JsonValueKind.False;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
