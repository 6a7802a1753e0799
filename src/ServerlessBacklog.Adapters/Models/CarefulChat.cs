using System.ClientModel;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>
/// A model that gives a whole answer or says by <see cref="ModelException"/> why not. Schemas are sent as strict ones. Options that a model refuses
/// (<c>temperature</c> by those that think first) are left out from then on.
/// </summary>
internal sealed class CarefulChat(IChatClient model, ModelCaller caller, int contextTokens, TimeProvider time) : DelegatingChatClient(model)
{
    private const string Strict = "strict";

    private static readonly string[] Optional = ["temperature", "top_p", "seed", "max_completion_tokens"];

    private readonly ConcurrentDictionary<string, bool> refused = new(StringComparer.Ordinal);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var response = await caller.CallAsync(stop => AskAsync(asked, options, stop), cancellationToken);
        return Judged(response);
    }

    /// <summary>An answer counts as a whole only: it is fetched, judged, and then given out at once.</summary>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            caller.Dispose();
        base.Dispose(disposing);
    }

    private async Task<ChatResponse> AskAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await base.GetResponseAsync(messages, Fitting(options), cancellation);
            }
            catch (ClientResultException refusal) when (Optional.FirstOrDefault(ServiceError.Of(refusal, time.GetUtcNow()).Refuses) is { } option && refused.TryAdd(option, true))
            {
                // Asked again without it, at once.
            }
        }
    }

    private ChatOptions? Fitting(ChatOptions? options)
    {
        if (options is null)
            return null;
        var fitting = options.Clone();
        if (fitting.ResponseFormat is ChatResponseFormatJson { Schema: not null })
            (fitting.AdditionalProperties ??= []).TryAdd(Strict, true);
        if (refused.ContainsKey("temperature"))
            fitting.Temperature = null;
        if (refused.ContainsKey("top_p"))
            fitting.TopP = null;
        if (refused.ContainsKey("seed"))
            fitting.Seed = null;
        if (refused.ContainsKey("max_completion_tokens"))
            fitting.MaxOutputTokens = null;
        return fitting;
    }

    private ChatResponse Judged(ChatResponse response)
    {
        var usage = response.Usage;
        if (response.FinishReason == ChatFinishReason.ContentFilter)
            throw new ModelException(ModelFailure.Refused, "The content filter stopped the model's answer.") { Usage = usage };
        if (response.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>().Any())
            throw new ModelException(ModelFailure.Refused, "The model will not answer.") { Usage = usage };
        if (response.FinishReason == ChatFinishReason.Length)
            throw (usage?.TotalTokenCount ?? 0) >= contextTokens
                ? new ModelException(ModelFailure.TooLong, "The prompt left no room for a whole answer.") { Usage = usage }
                : new ModelException(ModelFailure.Invalid, "The answer was longer than it may be, and was cut.") { Usage = usage };
        if (string.IsNullOrWhiteSpace(response.Text))
            throw new ModelException(ModelFailure.Invalid, "The model answered nothing.") { Usage = usage };
        return response;
    }
}
