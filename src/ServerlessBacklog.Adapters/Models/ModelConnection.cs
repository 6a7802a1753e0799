using Azure.Core;
using Microsoft.Extensions.AI;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>
/// The models that are configured. Opening asks nobody; where <c>Models:LocalOnly</c> is set, or nothing is, there is nothing in it that could.
/// </summary>
/// <remarks>Retries, time-outs and limits are ours, in <see cref="ModelCaller"/>; the client libraries have none.</remarks>
public sealed class ModelConnection : IDisposable
{
    /// <summary>Vectors are wanted before an item can be looked at, and it can do without: nobody waits long for them.</summary>
    private static readonly TimeSpan EmbedWithin = TimeSpan.FromSeconds(15);

    private readonly HttpClient? http;

    private ModelConnection(ModelOptions options) => Options = options;

    private ModelConnection(ModelOptions options, ModelPatience patience, TokenCredential? identity, TimeProvider time)
        : this(options)
    {
        var address = ModelAddress.Of(options);
        http = ModelClients.Http();
        var service = ModelClients.Open(address, options, http, identity, time);
        if (options.HasChat)
        {
            var chat = new CarefulChat(service.GetChatClient(options.ChatDeployment).AsIChatClient(), Caller("Models:ChatDeployment", options.ChatDeployment!, patience), options.ContextTokens, time);
            Setup = new ModelSetup
            {
                Chat = chat.AsBuilder().UseOpenTelemetry(sourceName: Tracing.Name, configure: spans => spans.EnableSensitiveData = false).Build(),
                ChatModel = options.ChatDeployment!,
                ContextTokens = options.ContextTokens,
                AtOnce = options.AtOnce,
                Limits = options.Limits,
                Prices = options.Prices,
                LocalOnlyBacklogs = options.LocalOnlyBacklogs,
            };
        }

        if (options.HasEmbeddings)
        {
            var brief = patience with { Timeout = Least(patience.Timeout, EmbedWithin), MostPause = Least(patience.MostPause, EmbedWithin) };
            var vectors = new CarefulEmbeddings(service.GetEmbeddingClient(options.EmbeddingDeployment).AsIEmbeddingGenerator(), Caller("Models:EmbeddingDeployment", options.EmbeddingDeployment!, brief));
            Embeddings = vectors.AsBuilder().UseOpenTelemetry(sourceName: Tracing.Name, configure: spans => spans.EnableSensitiveData = false).Build();
        }

        static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

        ModelCaller Caller(string setting, string model, ModelPatience patient) =>
            new(patient, options.AtOnce, new ModelFaults(address, setting, model, options.ApiKey is not null, time), time);
    }

    /// <summary>No connection, because a setting is wrong.</summary>
    /// <param name="why">Which, and how to mend it.</param>
    public static ModelConnection None(string why) => new(new ModelOptions()) { Setup = ModelSetup.None with { WhyNone = why } };

    public ModelOptions Options { get; }

    public ModelSetup Setup { get; private init; } = ModelSetup.None;

    /// <summary>What embeds; null where none is configured or nothing may leave this process. Throws <see cref="ModelException"/> only.</summary>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; }

    /// <param name="identity">Who signs in where no key is set; default: the identity of this process.</param>
    public static ModelConnection Open(ModelOptions options, TimeProvider time, TokenCredential? identity = null) =>
        Open(options, new ModelPatience(options.Timeout, options.Retries), time, identity);

    internal static ModelConnection Open(ModelOptions options, ModelPatience patience, TimeProvider time, TokenCredential? identity = null) =>
        options.HasChat || options.HasEmbeddings ? new ModelConnection(options, patience, identity, time) : new ModelConnection(options);

    public void Dispose()
    {
        Setup.Chat?.Dispose();
        Embeddings?.Dispose();
        http?.Dispose();
    }
}
