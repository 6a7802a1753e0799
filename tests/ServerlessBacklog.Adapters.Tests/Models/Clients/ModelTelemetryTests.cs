using System.Diagnostics;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

public sealed class ModelTelemetryTests : ModelClientTests
{
    [Fact]
    public async Task A_question_is_a_span_with_its_tokens_and_none_of_its_words()
    {
        using var recorder = new TelemetryRecorder();

        await AskAsync(Open(), "The secret plan");

        var span = recorder.Spans.Single(s => s.OperationName.StartsWith("chat", StringComparison.Ordinal));
        span.GetTagItem("gen_ai.request.model").ShouldBe("scripted");
        Convert.ToInt64(span.GetTagItem("gen_ai.usage.input_tokens")).ShouldBe(Model.Chats["judge_v1"].InputTokens);
        Said(span).ShouldNotContain("secret plan");
        Said(span).ShouldNotContain("yes");
    }

    [Fact]
    public async Task A_question_that_failed_says_so_in_our_words()
    {
        using var recorder = new TelemetryRecorder();
        Model.Fail(new ModelFault { Status = 400, Body = """{"error":{"message":"I do not like: The secret plan"}}""" });

        await Should.ThrowAsync<ModelException>(() => AskAsync(Open(), "The secret plan"));

        var span = recorder.Spans.Single(s => s.OperationName.StartsWith("chat", StringComparison.Ordinal));
        span.Status.ShouldBe(ActivityStatusCode.Error);
        Said(span).ShouldNotContain("secret plan");
    }

    [Fact]
    public async Task Our_trace_is_not_sent_along()
    {
        using var recorder = new TelemetryRecorder();
        using var span = ServerlessBacklog.Workflow.Tracing.Begin("around");

        await AskAsync(Open());

        Model.Requests[0].Headers.ShouldNotContain("traceparent");
        Model.Requests[0].Headers.ShouldContain("Content-Type");
    }

    private static string Said(Activity span) =>
        string.Join('\n', span.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(span.StatusDescription)
            .Concat(span.Events.SelectMany(e => e.Tags.Select(t => $"{e.Name} {t.Key}={t.Value}"))));
}
