using ServerlessBacklog.Adapters.Models;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

public sealed class ModelCheckTests : ModelClientTests
{
    internal override ModelReply Answer(ModelCall call) => new(call.SchemaName == "ready" ? """{"ready":true}""" : "?");

    [Fact]
    public async Task Models_that_answer_are_in_order_with_their_time()
    {
        var findings = await LookAsync(("InputPrice", "1"), ("OutputPrice", "2"));

        findings.Select(f => f.State).ShouldBe([SetupState.Ok, SetupState.Ok]);
        findings[0].What.ShouldStartWith("'scripted' answers and keeps to a schema (");
        findings[1].What.ShouldStartWith("'scripted-embedding' embeds (");
    }

    [Fact]
    public async Task Prices_that_nobody_said_are_missed()
    {
        (await LookAsync()).ShouldContain(f => f.State == SetupState.Warning && f.What.Contains("cost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_key_is_told_by_its_setting()
    {
        var findings = await LookAsync(("ApiKey", "sk-wrong-key-9999"), ("InputPrice", "1"));

        findings.ShouldAllBe(f => f.State == SetupState.Wrong && f.What.StartsWith("Models:ApiKey is not accepted"));
    }

    [Fact]
    public async Task Deployments_that_are_not_there_are_told_apart()
    {
        var findings = await LookAsync(("ChatDeployment", "ghost"), ("EmbeddingDeployment", "shade"), ("InputPrice", "1"));

        findings[0].What.ShouldContain("Models:ChatDeployment");
        findings[1].What.ShouldContain("Models:EmbeddingDeployment");
    }

    [Fact]
    public async Task A_model_that_ignores_its_schema_is_wrong()
    {
        Model.Fail(ModelFault.Nonsense);

        var findings = await LookAsync(("InputPrice", "1"));

        findings[0].State.ShouldBe(SetupState.Wrong);
        findings[0].What.ShouldContain("json_schema");
    }

    [Fact]
    public async Task Without_a_model_nobody_is_asked()
    {
        (await LookAsync(("Endpoint", ""), ("ChatDeployment", ""), ("EmbeddingDeployment", ""))).ShouldHaveSingleItem().What.ShouldBe("No model: triage goes by rules.");
        (await LookAsync(("LocalOnly", "true"))).ShouldHaveSingleItem().What.ShouldContain("Models:LocalOnly is set");
        Model.Requests.ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<SetupFinding>> LookAsync(params (string Name, string Value)[] settings) =>
        await new ModelCheck(Open(settings), TimeProvider.System).CheckAsync([], None).ToListAsync(None);
}
