using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Azure.Identity;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

/// <summary>Every way to connect asks the same question and gets the same answer.</summary>
public sealed class ConnectionTests : ModelClientTests
{
    [Theory]
    [InlineData("v1", "openai", "/v1/chat/completions", "/v1/embeddings")]
    [InlineData("", "openai", "/v1/chat/completions", "/v1/embeddings")]
    [InlineData("", "azure", "/openai/deployments/scripted/chat/completions", "/openai/deployments/scripted-embedding/embeddings")]
    [InlineData("openai/", "azure", "/openai/deployments/scripted/chat/completions", "/openai/deployments/scripted-embedding/embeddings")]
    [InlineData("openai/v1/", "azure", "/openai/v1/chat/completions", "/openai/v1/embeddings")]
    public async Task With_a_key_each_dialect_chats_and_embeds(string path, string kind, string chatPath, string embeddingPath)
    {
        var connection = Open(("Endpoint", $"{Model.Address}{path}"), ("Kind", kind));

        var response = await AskAsync(connection);
        var vectors = await connection.Embeddings!.GenerateAsync(["one text", "another"], new EmbeddingGenerationOptions { Dimensions = 64 }, None);

        response.Text.ShouldBe("""{"answer":"yes"}""");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.Usage!.InputTokenCount.ShouldBe(Model.Chats["judge_v1"].InputTokens);
        response.Usage.OutputTokenCount.ShouldBe(4);
        vectors.Select(v => v.Vector.Length).ShouldBe([64, 64]);
        Model.Requests.Select(r => (r.Path, r.Status)).ShouldBe([(chatPath, 200), (embeddingPath, 200)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("openai/v1")]
    public async Task With_an_identity_Azure_is_asked_with_its_token(string path)
    {
        var identity = new Identity(IdentityToken);
        var connection = OpenWith(identity, ("Endpoint", $"{Model.Address}{path}"), ("Kind", "azure"), ("ApiKey", ""));

        (await AskAsync(connection)).Text.ShouldBe("""{"answer":"yes"}""");
        (await connection.Embeddings!.GenerateAsync(["one text"], null, None)).Count.ShouldBe(1);

        Model.Requests.ShouldAllBe(r => r.Authorization == "Bearer" && r.Status == 200);
        identity.Scopes.ShouldAllBe(s => s == "https://cognitiveservices.azure.com/.default");
    }

    [Fact]
    public async Task Schemas_are_sent_as_strict_ones_and_limits_in_the_newer_spelling()
    {
        await AskAsync(Open());

        var body = JsonNode.Parse(Model.Requests[0].Body)!;
        body["response_format"]!["json_schema"]!["strict"]!.GetValue<bool>().ShouldBeTrue();
        body["max_completion_tokens"]!.GetValue<int>().ShouldBe(500);
        body["max_tokens"].ShouldBeNull();
    }

    [Fact]
    public async Task What_a_prompt_shares_with_an_earlier_one_is_told_as_cached()
    {
        var connection = Open();
        var stable = new string('s', 1200 * 4);

        await AskAsync(connection, stable + "one");
        var second = await AskAsync(connection, stable + "two");

        second.Usage!.CachedInputTokenCount.ShouldBe(1152);
    }

    [Fact]
    public async Task Streams_are_given_out_whole()
    {
        var updates = await Open().Setup.Chat!.GetStreamingResponseAsync("Is this a duplicate?", Question, None).ToListAsync(None);

        string.Concat(updates.Select(u => u.Text)).ShouldBe("""{"answer":"yes"}""");
    }

    [Fact]
    public async Task Local_only_opens_no_connection_whatever_else_is_set()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var settings = new (string, string)[] { ("Endpoint", $"http://{listener.LocalEndpoint}/v1"), ("LocalOnly", "true") };
        var connection = Open(settings);

        connection.Setup.ShouldBe(ModelSetup.None);
        connection.Setup.MayAsk("any").ShouldBeFalse();
        connection.Embeddings.ShouldBeNull();
        listener.Pending().ShouldBeFalse();

        // The same settings without the switch do reach out, so that the silence above means something.
        var open = Open([.. settings[..1], ("Timeout", "00:00:01"), ("Retries", "0")]);
        await FailAsync(open);
        listener.Pending().ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_configured_is_nothing_that_could_be_asked()
    {
        using var connection = ModelConnection.Open(ModelOptions.Read(new ConfigurationBuilder().Build()), TimeProvider.System);

        connection.Setup.ShouldBe(ModelSetup.None);
        connection.Embeddings.ShouldBeNull();
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_identity_that_cannot_sign_in_is_told_with_its_mend()
    {
        var fault = await FailAsync(OpenWith(new Nobody(), ("Endpoint", $"{Model.Address}"), ("Kind", "azure"), ("ApiKey", "")));

        fault.Failure.ShouldBe(ModelFailure.Misconfigured);
        fault.Message.ShouldContain("az login");
        Model.Requests.ShouldBeEmpty();
    }

    private sealed class Nobody : Azure.Core.TokenCredential
    {
        public override Azure.Core.AccessToken GetToken(Azure.Core.TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException("nobody");

        public override ValueTask<Azure.Core.AccessToken> GetTokenAsync(Azure.Core.TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException("nobody");
    }
}
