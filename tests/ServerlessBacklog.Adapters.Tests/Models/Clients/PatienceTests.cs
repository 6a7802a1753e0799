using System.Diagnostics;
using Microsoft.Extensions.AI;
using ServerlessBacklog.StandIns.Models;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Tests.Models.Clients;

public sealed class PatienceTests : ModelClientTests
{
    [Fact]
    public async Task A_service_that_says_how_long_is_left_alone_for_so_long()
    {
        Model.Fail(ModelFault.TooManyRequests(retryAfterMilliseconds: 300));
        var connection = Open(("Retries", "1"));
        var since = Stopwatch.GetTimestamp();

        await AskAsync(connection);

        Stopwatch.GetElapsedTime(since).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(290));
        Model.Requests.Select(r => r.Status).ShouldBe([429, 200]);
    }

    [Fact]
    public async Task Seconds_are_understood_as_well()
    {
        Model.Fail(ModelFault.TooManyRequests(retryAfterSeconds: 1));
        var since = Stopwatch.GetTimestamp();

        await AskAsync(Open());

        Stopwatch.GetElapsedTime(since).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990));
    }

    [Fact]
    public async Task A_long_wait_is_told_and_not_waited_for_by_anyone()
    {
        Model.Fail(ModelFault.TooManyRequests(retryAfterSeconds: 3600));
        var connection = Open();

        var first = await FailAsync(connection);
        var second = await FailAsync(connection);

        first.Failure.ShouldBe(ModelFailure.Unavailable);
        first.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        second.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Model.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_takes_too_long_is_asked_for_again()
    {
        Model.Fail(ModelFault.Slow(TimeSpan.FromSeconds(30)));
        (await AskAsync(Open(("Timeout", "00:00:01")))).Text.ShouldBe("""{"answer":"yes"}""");

        Model.Fail(ModelFault.Slow(TimeSpan.FromSeconds(30)));
        (await FailAsync(Open(("Timeout", "00:00:01"), ("Retries", "0")))).Failure.ShouldBe(ModelFailure.TimedOut);
    }

    [Fact]
    public async Task Whoever_gives_up_gets_a_cancellation_and_nothing_else()
    {
        Model.Fail(ModelFault.Slow(TimeSpan.FromSeconds(30)));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var given = await Should.ThrowAsync<OperationCanceledException>(() => AskAsync(Open(), cancellation: stop.Token));

        given.CancellationToken.ShouldBe(stop.Token);
    }

    [Fact]
    public async Task So_many_questions_are_under_way_at_once_and_no_more()
    {
        Model.Fail(ModelFault.Slow(TimeSpan.FromMilliseconds(150)) with { Times = 6 });
        var connection = Open(("AtOnce", "2"));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(connection)));

        Model.MostAtOnce.ShouldBe(2);
        Model.Requests.Count.ShouldBe(6);
    }
}

/// <summary>A model that thinks first refuses options that others take.</summary>
public sealed class ThinkingModelTests : ModelClientTests
{
    internal override ModelStandInOptions Options => base.Options with { Reasons = true };

    [Fact]
    public async Task Options_that_a_model_refuses_are_left_out_from_then_on()
    {
        var connection = Open();

        await AskAsync(connection);
        await AskAsync(connection);

        Model.Requests.Select(r => r.Status).ShouldBe([400, 200, 200]);
        Model.Requests[2].Body.ShouldNotContain("temperature");
    }
}

/// <summary>A model that is older than schemas.</summary>
public sealed class OlderModelTests : ModelClientTests
{
    internal override ModelStandInOptions Options => base.Options with { KnowsJsonSchema = false, ContextTokens = 1_000 };

    [Fact]
    public async Task A_model_without_schemas_is_told_to_be_replaced()
    {
        var fault = await FailAsync(Open());

        fault.Failure.ShouldBe(ModelFailure.Misconfigured);
        fault.Message.ShouldContain("Models:ChatDeployment names takes no json_schema");
    }

    [Fact]
    public async Task A_prompt_beyond_the_context_is_too_long()
    {
        var fault = await Should.ThrowAsync<ModelException>(() => Open().Setup.Chat!.GetResponseAsync(new string('x', 8_000), new ChatOptions(), None));

        fault.Failure.ShouldBe(ModelFailure.TooLong);
    }
}
