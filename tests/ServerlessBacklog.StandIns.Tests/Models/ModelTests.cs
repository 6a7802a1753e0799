using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.StandIns.Tests.Models;

/// <summary>A model that repeats what the user said, behind the key <c>sk-good-key-1234</c>.</summary>
public abstract class ModelTests : IAsyncLifetime
{
    internal const string Key = "sk-good-key-1234";
    private readonly List<IDisposable> clients = [];

    internal ModelStandIn Model { get; private set; } = null!;

    internal Web Caller => Client(new AuthenticationHeaderValue("Bearer", Key));

    internal virtual ModelStandInOptions Options => new() { Keys = [Key], Tokens = ["ey.identity.token"] };

    public async ValueTask InitializeAsync() => Model = await ModelStandIn.StartAsync(Options, Answer);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await Model.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal virtual ModelReply Answer(ModelCall call) => new(call.User);

    internal Web Client(AuthenticationHeaderValue? authorization)
    {
        var client = new Web(Model.Address, authorization);
        clients.Add(client);
        return client;
    }

    internal static JsonObject Question(string user, string? system = null, string model = "scripted") => new()
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "system", ["content"] = system ?? "Repeat." }, new JsonObject { ["role"] = "user", ["content"] = user }),
    };

    internal static JsonObject Schema(string name, string schema, bool strict = true) => new()
    {
        ["type"] = "json_schema",
        ["json_schema"] = new JsonObject { ["name"] = name, ["strict"] = strict, ["schema"] = JsonNode.Parse(schema) },
    };

    internal async Task<Reply> AskAsync(JsonObject question)
    {
        var reply = await Caller.PostAsync("/v1/chat/completions", question);
        reply.Status.ShouldBe(200, reply.Text);
        return reply;
    }
}
