using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.StandIns.Tests.Models;

public sealed class ModelFaultTests : ModelTests
{
    [Fact]
    public async Task Faults_strike_in_their_order_and_pass()
    {
        Model.Fail(ModelFault.TooManyRequests(retryAfterSeconds: 7));
        Model.Fail(ModelFault.TooManyRequests(retryAfterMilliseconds: 250));
        Model.Fail(ModelFault.Broken(503) with { Times = 2 });

        var replies = new List<Reply>();
        for (var i = 0; i < 5; i++)
            replies.Add(await Caller.PostAsync("/v1/chat/completions", Question("Hello")));

        replies.Select(r => r.Status).ShouldBe([429, 429, 503, 503, 200]);
        (replies[0].Header("Retry-After"), replies[1].Header("retry-after-ms")).ShouldBe(("7", "250"));
        Model.Requests.Select(r => r.Status).ShouldBe([429, 429, 503, 503, 200]);
    }

    [Fact]
    public async Task Faults_of_embeddings_leave_chat_alone()
    {
        Model.Fail(ModelFault.Broken() with { Path = ModelFault.Embeddings });

        (await Caller.PostAsync("/v1/chat/completions", Question("Hello"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_cut_connection_has_no_answer_or_half_of_one()
    {
        Model.Fail(ModelFault.CutBefore);
        Model.Fail(ModelFault.CutInside);

        await Should.ThrowAsync<HttpRequestException>(() => Caller.PostAsync("/v1/chat/completions", Question("Hello")));
        await Should.ThrowAsync<HttpRequestException>(() => Caller.PostAsync("/v1/chat/completions", Question("Hello")));

        Model.Requests.Select(r => r.Status).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task A_refusal_stands_in_place_of_the_answer()
    {
        Model.Fail(ModelFault.Refuses("No."));

        var message = (await AskAsync(Question("Hello"))).Json["choices"]![0]!["message"]!;

        message["refusal"]!.ToString().ShouldBe("No.");
        message["content"].ShouldBeNull();
    }

    [Fact]
    public async Task Azures_filter_and_other_refusals_have_their_codes()
    {
        Model.Fail(ModelFault.ContentFilter);
        Model.Fail(ModelFault.TooLong);
        Model.Fail(ModelFault.NoDeployment);
        Model.Fail(ModelFault.WrongContentType);

        var replies = new List<Reply>();
        for (var i = 0; i < 4; i++)
            replies.Add(await Caller.PostAsync("/v1/chat/completions", Question("Hello")));

        replies[..3].Select(r => (r.Status, r.Json["error"]!["code"]!.ToString())).ShouldBe([(400, "content_filter"), (400, "context_length_exceeded"), (404, "DeploymentNotFound")]);
        (replies[3].Status, replies[3].Header("Content-Type")).ShouldBe((200, "text/html; charset=utf-8"));
    }

    [Fact]
    public async Task Requests_under_way_at_once_are_counted()
    {
        Model.Fail(ModelFault.Slow(TimeSpan.FromMilliseconds(300)) with { Times = 3 });

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Caller.PostAsync("/v1/chat/completions", Question("Hello"))));

        Model.MostAtOnce.ShouldBe(3);
    }
}
