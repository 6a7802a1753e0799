using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.StandIns.Tests.Models;

/// <summary>One that thinks first, knows no schemas and asks for no key.</summary>
public sealed class OtherModelTests : ModelTests
{
    internal override ModelStandInOptions Options => new() { Reasons = true, KnowsJsonSchema = false };

    [Fact]
    public async Task Without_keys_everybody_is_let_in()
    {
        (await Client(null).PostAsync("/v1/chat/completions", Question("Hello"))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("temperature", 0, "unsupported_value")]
    [InlineData("max_tokens", 100, "unsupported_parameter")]
    public async Task A_model_that_thinks_refuses_what_it_does_not_know(string name, int value, string code)
    {
        var question = Question("Hello");
        question[name] = value;

        var reply = await Caller.PostAsync("/v1/chat/completions", question);

        (reply.Status, reply.Json["error"]!["code"]!.ToString()).ShouldBe((400, code));
    }

    [Fact]
    public async Task A_model_without_schemas_says_so()
    {
        var question = Question("Hello");
        question["response_format"] = Schema("groom", "{}");

        var reply = await Caller.PostAsync("/v1/chat/completions", question);

        reply.Status.ShouldBe(400);
        reply.Json["error"]!["message"]!.ToString().ShouldContain("'json_schema' is not supported");
    }
}
