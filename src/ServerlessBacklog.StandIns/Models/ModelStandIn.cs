using Microsoft.AspNetCore.Builder;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>
/// A language model in small, over real HTTP, as OpenAI (<c>/v1</c>) and Azure OpenAI (<c>/openai/v1</c>, <c>/openai/deployments/…</c>) serve it: chat with
/// <c>json_schema</c> and streaming, embeddings, their refusals, limits and prompt cache. It understands nothing: a script answers.
/// </summary>
public sealed class ModelStandIn : IAsyncDisposable
{
    private readonly FaultList faults = new();
    private readonly ModelLog log = new();
    private readonly ModelPipeline pipeline;
    private StandInServer? server;

    private ModelStandIn(ModelStandInOptions options, Func<ModelCall, ModelReply> script) =>
        pipeline = new ModelPipeline(options, script, faults, log).Map();

    /// <summary>Where it answers, without a path.</summary>
    public Uri Address => server!.Address;

    /// <summary>Every request, also those that were refused or cut, oldest first.</summary>
    public IReadOnlyList<ModelRequest> Requests => log.Requests;

    /// <summary>Questions that the script answered, by the name of their schema; <c>""</c> for those without one.</summary>
    public IReadOnlyDictionary<string, ModelCount> Chats => log.Chats;

    public ModelCount Embeddings => log.Embeddings;

    /// <summary>Most requests that were ever under way at once.</summary>
    public int MostAtOnce => log.MostAtOnce;

    /// <param name="script">What is answered. Must be safe for many threads.</param>
    public static async Task<ModelStandIn> StartAsync(ModelStandInOptions options, Func<ModelCall, ModelReply> script, CancellationToken cancellation = default)
    {
        var standIn = new ModelStandIn(options, script);
        standIn.server = await StandInServer.StartAsync(app => app.Run(standIn.pipeline.HandleAsync), cancellation);
        return standIn;
    }

    /// <summary>Lets something go wrong with the next requests that it fits. Faults strike in the order in which they were told.</summary>
    public void Fail(Fault fault) => faults.Add(fault);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}
