using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

/// <summary>Our clients against a scripted service over real HTTP, behind the key <c>sk-good-key-1234</c>.</summary>
public abstract class ModelClientTests : IAsyncLifetime
{
    internal const string Key = "sk-good-key-1234";
    internal const string IdentityToken = "ey.identity.token";
    internal static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private readonly List<ModelConnection> opened = [];

    internal ModelStandIn Model { get; private set; } = null!;

    internal virtual ModelStandInOptions Options => new() { Keys = [Key], Tokens = [IdentityToken] };

    public async ValueTask InitializeAsync() => Model = await ModelStandIn.StartAsync(Options, Answer, None);

    public async ValueTask DisposeAsync()
    {
        opened.ForEach(o => o.Dispose());
        await Model.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal virtual ModelReply Answer(ModelCall call) => new("""{"answer":"yes"}""");

    /// <summary>As OpenAI is connected, unless settings say otherwise.</summary>
    internal ModelConnection Open(params (string Name, string Value)[] settings) => OpenWith(null, settings);

    internal ModelConnection OpenWith(TokenCredential? identity, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Models:Endpoint"] = $"{Model.Address}v1", ["Models:ApiKey"] = Key, ["Models:ChatDeployment"] = "scripted", ["Models:EmbeddingDeployment"] = "scripted-embedding",
            ["Models:EmbeddingSize"] = "64",
        };
        foreach (var (name, value) in settings)
            all[$"Models:{name}"] = value;
        var options = ModelOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        var patience = new ModelPatience(options.Timeout, options.Retries) { FirstPause = TimeSpan.FromMilliseconds(10), MostPause = TimeSpan.FromSeconds(2) };
        var connection = ModelConnection.Open(options, patience, TimeProvider.System, identity);
        opened.Add(connection);
        return connection;
    }

    internal static Task<ChatResponse> AskAsync(ModelConnection connection, string text = "Is this a duplicate?", CancellationToken? cancellation = null) =>
        connection.Setup.Chat!.GetResponseAsync([new(ChatRole.System, "Judge."), new(ChatRole.User, text)], Question, cancellation ?? None);

    internal static async Task<ModelException> FailAsync(ModelConnection connection, string text = "Is this a duplicate?")
    {
        var fault = await Should.ThrowAsync<ModelException>(() => AskAsync(connection, text));
        fault.ToString().ShouldNotContain(Key);
        fault.ToString().ShouldNotContain(text);
        return fault;
    }

    internal static ChatOptions Question => new()
    {
        Temperature = 0,
        Seed = 1,
        MaxOutputTokens = 500,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonDocument.Parse("""{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""").RootElement, "judge_v1"),
    };

    internal sealed class Identity(string token) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancellation)
        {
            Scopes.AddRange(context.Scopes);
            return new AccessToken(token, DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext context, CancellationToken cancellation) => new(GetToken(context, cancellation));
    }
}
