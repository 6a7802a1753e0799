using System.Net.Http.Headers;

namespace ServerlessBacklog.StandIns.Tests.Models;

public sealed class ModelDoorTests : ModelTests
{
    private const string Deployment = "/openai/deployments/scripted/chat/completions?api-version=2024-10-21";

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/openai/v1/chat/completions")]
    [InlineData(Deployment)]
    public async Task The_key_is_good_as_a_bearer_token_everywhere(string path)
    {
        var reply = await Caller.PostAsync(path, Question("Hello"));

        reply.Status.ShouldBe(200, reply.Text);
        reply.Json["choices"]![0]!["message"]!["content"]!.ToString().ShouldBe("Hello");
    }

    [Theory]
    [InlineData("/v1/chat/completions", 401)]
    [InlineData("/openai/v1/chat/completions", 200)]
    [InlineData(Deployment, 200)]
    public async Task The_header_of_Azure_is_good_at_Azure_alone(string path, int status)
    {
        var reply = await Client(null).SendAsync(HttpMethod.Post, path, Question("Hello"), headers: ("api-key", Key));

        reply.Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("/v1/chat/completions", 401)]
    [InlineData(Deployment, 200)]
    public async Task Tokens_of_identities_are_good_at_Azure_alone(string path, int status)
    {
        var reply = await Client(new AuthenticationHeaderValue("Bearer", "ey.identity.token")).PostAsync(path, Question("Hello"));

        reply.Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_wrong_key_is_told_in_the_words_of_the_service_that_was_asked()
    {
        var client = Client(new AuthenticationHeaderValue("Bearer", "sk-wrong-key-9999"));

        var openAi = await client.PostAsync("/v1/chat/completions", Question("Hello"));
        var azure = await client.PostAsync(Deployment, Question("Hello"));

        (openAi.Status, azure.Status).ShouldBe((401, 401));
        openAi.Json["error"]!["code"]!.ToString().ShouldBe("invalid_api_key");
        openAi.Json["error"]!["message"]!.ToString().ShouldContain("sk-w***9999");
        azure.Json["error"]!["message"]!.ToString().ShouldStartWith("Access denied due to invalid subscription key");
        Model.Chats.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deployment_is_asked_with_a_version_only()
    {
        (await Caller.PostAsync("/openai/deployments/scripted/chat/completions", Question("Hello"))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Unknown_models_and_deployments_are_told_apart()
    {
        var model = await Caller.PostAsync("/v1/chat/completions", Question("Hello", model: "ghost"));
        var deployment = await Caller.PostAsync("/openai/deployments/ghost/chat/completions?api-version=2024-10-21", Question("Hello"));
        var embedding = await Caller.PostAsync("/v1/chat/completions", Question("Hello", model: "scripted-embedding"));

        (model.Status, model.Json["error"]!["code"]!.ToString()).ShouldBe((404, "model_not_found"));
        (deployment.Status, deployment.Json["error"]!["code"]!.ToString()).ShouldBe((404, "DeploymentNotFound"));
        (embedding.Status, embedding.Json["error"]!["code"]!.ToString()).ShouldBe((400, "OperationNotSupported"));
    }

    [Fact]
    public async Task Requests_are_kept_without_their_secret()
    {
        await Caller.PostAsync("/v1/chat/completions", Question("Hello there"));

        var request = Model.Requests.ShouldHaveSingleItem();
        (request.Path, request.Authorization, request.Status).ShouldBe(("/v1/chat/completions", "Bearer", 200));
        request.Body.ShouldContain("Hello there");
        request.ToString().ShouldNotContain(Key);
    }
}
