using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>
/// A model that is played on this machine, for <c>backlog demo --with-scripted-model</c>: the way there and back is the real one, over HTTP, with budget,
/// redaction and checks; what it says is put together from words of the question.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    /// <summary>How pages and findings name it, so that nobody takes it for a model.</summary>
    public const string Name = "scripted";

    public const string Label =
        "With a scripted model, played on this machine: it shows the way from question to finding. It understands nothing, and nothing about a real model follows from what it says.";

    private readonly ModelStandIn model;

    private ScriptedModel(ModelStandIn model) => this.model = model;

    /// <summary>Settings that lead to it, over whatever the environment says of real ones.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Models:Endpoint"] = new Uri(model.Address, "v1").AbsoluteUri,
        ["Models:Kind"] = "openai",
        ["Models:ApiKey"] = Name,
        ["Models:UseIdentity"] = "false",
        ["Models:ChatDeployment"] = Name,
        ["Models:EmbeddingDeployment"] = "",
        ["Models:LocalOnly"] = "false",
        ["Models:TokensPerDay"] = "5000000",
    };

    public static async Task<ScriptedModel> StartAsync(CancellationToken cancellation) =>
        new(await ModelStandIn.StartAsync(new ModelStandInOptions { Keys = [Name], ChatModels = [Name] }, PlayedModel.Answer, cancellation));

    public ValueTask DisposeAsync() => model.DisposeAsync();
}
