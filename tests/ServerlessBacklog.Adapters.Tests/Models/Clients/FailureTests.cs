using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

/// <summary>Each failure has its kind, a sentence that says how to mend it, and no second try where that cannot help.</summary>
public sealed class FailureTests : ModelClientTests
{
    public static TheoryData<string, Fault, ModelFailure, string> Refusals => new()
    {
        { "wrong key", ModelFault.WrongKey, ModelFailure.Misconfigured, "Models:ApiKey is not accepted" },
        { "no rights", new ModelFault { Status = 403, Body = "{}" }, ModelFailure.Misconfigured, "Cognitive Services OpenAI User" },
        { "no deployment", ModelFault.NoDeployment, ModelFailure.Misconfigured, "'scripted'. Set Models:ChatDeployment" },
        { "a page that is not there", new ModelFault { Status = 404, Body = "<html>", ContentType = "text/html" }, ModelFailure.Misconfigured, "check that Models:Endpoint" },
        { "no json_schema", ModelFault.NoJsonSchema, ModelFailure.Misconfigured, "json_schema" },
        { "elsewhere", new ModelFault { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = "https://example.com" } }, ModelFailure.Misconfigured, "Models:Endpoint" },
        { "no money", ModelFault.OutOfQuota, ModelFailure.Misconfigured, "no money or quota" },
        { "something else", new ModelFault { Status = 400, Body = """{"error":{"message":"Sorry: Is this a duplicate?","code":"odd"}}""" }, ModelFailure.Misconfigured, "(400, odd)" },
        { "content filter", ModelFault.ContentFilter, ModelFailure.Refused, "content filter" },
        { "refusal", ModelFault.Refuses(), ModelFailure.Refused, "will not answer" },
        { "filtered answer", ModelFault.Says(ModelReply.Filtered("""{"ans""")), ModelFailure.Refused, "content filter" },
        { "too long", ModelFault.TooLong, ModelFailure.TooLong, "Models:ContextTokens" },
        { "too large", new ModelFault { Status = 413 }, ModelFailure.TooLong, "Models:ContextTokens" },
        { "cut short", ModelFault.Says(ModelReply.CutShort("""{"ans""")), ModelFailure.Invalid, "cut" },
        { "no room", ModelFault.Says(ModelReply.CutShort("") with { PromptTokens = 15_999, CompletionTokens = 1 }), ModelFailure.TooLong, "no room" },
        { "empty", ModelFault.AnswersNothing, ModelFailure.Invalid, "nothing" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_does_not_pass_is_told_at_once(string name, Fault what, ModelFailure failure, string told)
    {
        Model.Fail(what);

        var fault = await FailAsync(Open());

        fault.Failure.ShouldBe(failure, name);
        fault.Message.ShouldContain(told);
        Model.Requests.Count.ShouldBe(1);
    }

    public static TheoryData<string, Fault, ModelFailure> Failings => new()
    {
        { "cut before", ModelFault.CutBefore, ModelFailure.Unavailable },
        { "cut inside", ModelFault.CutInside, ModelFailure.Unavailable },
        { "500", ModelFault.Broken(), ModelFailure.Unavailable },
        { "503", ModelFault.Broken(503), ModelFailure.Unavailable },
        { "429", ModelFault.TooManyRequests(retryAfterMilliseconds: 20), ModelFailure.Unavailable },
        { "a page of a proxy", ModelFault.WrongContentType, ModelFailure.Unavailable },
        { "an answer without choices", new ModelFault { Status = 200, Body = "{}" }, ModelFailure.Unavailable },
        { "no answer at all", new ModelFault { Status = 200, Body = "" }, ModelFailure.Unavailable },
    };

    [Theory]
    [MemberData(nameof(Failings))]
    public async Task What_may_pass_is_asked_again_and_then_answered(string name, Fault what, ModelFailure failure)
    {
        Model.Fail(what with { Times = 2 });
        (await AskAsync(Open(("Retries", "2")))).Text.ShouldBe("""{"answer":"yes"}""", name);
        Model.Requests.Count.ShouldBe(3);

        Model.Fail(what with { Times = 3 });
        (await FailAsync(Open(("Retries", "2")))).Failure.ShouldBe(failure);
        Model.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Nonsense_is_an_answer_that_others_judge()
    {
        Model.Fail(ModelFault.Nonsense);

        (await AskAsync(Open())).Text.ShouldStartWith("Sure!");
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told_so()
    {
        var fault = await FailAsync(Open(("Endpoint", "http://127.0.0.1:1/v1"), ("Retries", "1")));

        fault.Failure.ShouldBe(ModelFailure.Unavailable);
        fault.Message.ShouldContain("cannot be reached");
    }

    [Fact]
    public async Task A_key_that_is_missing_is_asked_for()
    {
        (await FailAsync(Open(("ApiKey", "")))).Message.ShouldContain("Set Models:ApiKey");
    }

    [Fact]
    public async Task A_wrong_key_is_never_repeated()
    {
        var fault = await FailAsync(Open(("ApiKey", "sk-wrong-key-9999")));

        fault.ToString().ShouldNotContain("9999");
        fault.ToString().ShouldNotContain("sk-w");
    }

    [Fact]
    public async Task What_an_unusable_answer_cost_is_told()
    {
        Model.Fail(ModelFault.Refuses("No."));

        var fault = await FailAsync(Open());

        fault.Usage!.InputTokenCount.ShouldBe(Model.Chats["judge_v1"].InputTokens);
        fault.Usage.OutputTokenCount.ShouldBe(1);
    }

    [Fact]
    public async Task Embeddings_fail_in_the_same_words()
    {
        Model.Fail(ModelFault.NoDeployment with { Path = ModelFault.Embeddings });
        Model.Fail(ModelFault.Broken() with { Path = ModelFault.Embeddings });
        var embeddings = Open().Embeddings!;

        var fault = await Should.ThrowAsync<ModelException>(() => embeddings.GenerateAsync(["a text"], null, None));
        var vectors = await embeddings.GenerateAsync(["a text"], null, None);

        (fault.Failure, fault.Message.Contains("Models:EmbeddingDeployment", StringComparison.Ordinal)).ShouldBe((ModelFailure.Misconfigured, true));
        vectors.Count.ShouldBe(1);
    }
}
