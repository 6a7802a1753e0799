using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.StandIns.Tests.Models;

public sealed class ChatTests : ModelTests
{
    private const string Good = """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""";

    internal override ModelStandInOptions Options => base.Options with { ContextTokens = 5_000 };

    [Fact]
    public async Task Tokens_are_a_quarter_of_the_characters()
    {
        var reply = await AskAsync(Question("12345678", system: "1234"));

        reply.Json["usage"]!["prompt_tokens"]!.GetValue<int>().ShouldBe(3);
        reply.Json["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(2);
        Model.Chats[""].ShouldBe(new ModelCount(1, 3, 0, 2));
    }

    [Fact]
    public async Task What_long_prompts_share_at_their_beginning_is_cached_in_steps_of_128()
    {
        var stable = new string('s', 1200 * 4);

        var first = await AskAsync(Question("one", system: stable));
        var second = await AskAsync(Question("two", system: stable));
        var other = await AskAsync(Question("two", system: "x" + stable));
        var brief = await AskAsync(Question("two", system: "short"));

        Cached(first).ShouldBe(0);
        Cached(second).ShouldBe(1152);
        Cached(other).ShouldBe(0);
        Cached(brief).ShouldBe(0);
        Model.Chats[""].CachedTokens.ShouldBe(1152);

        static int Cached(Reply reply) => reply.Json["usage"]!["prompt_tokens_details"]!["cached_tokens"]!.GetValue<int>();
    }

    [Fact]
    public async Task Questions_are_counted_by_the_name_of_their_schema()
    {
        var question = Question("Hello");
        question["response_format"] = Schema("groom_v1", Good);

        await AskAsync(question);
        await AskAsync(question);
        await AskAsync(Question("Hello"));

        Model.Chats["groom_v1"].Calls.ShouldBe(2);
        Model.Chats[""].Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "additionalProperties")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a"],"additionalProperties":false}""", "Missing 'b'")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string"}},"required":[],"additionalProperties":false}}},"required":["a"],"additionalProperties":false}""", "Missing 'b'")]
    [InlineData("""{"type":"object","properties":{"a":{"oneOf":[{"type":"string"}]}},"required":["a"],"additionalProperties":false}""", "oneOf")]
    public async Task A_strict_schema_must_keep_the_rules_of_the_service(string schema, string why)
    {
        var question = Question("Hello");
        question["response_format"] = Schema("groom", schema);

        var reply = await Caller.PostAsync("/v1/chat/completions", question);

        reply.Status.ShouldBe(400);
        reply.Json["error"]!["message"]!.ToString().ShouldContain(why);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_refused()
    {
        var reply = await Caller.PostAsync("/v1/chat/completions", Question(new string('x', 5_001 * 4)));

        reply.Status.ShouldBe(400);
        reply.Json["error"]!["code"]!.ToString().ShouldBe("context_length_exceeded");
    }

    [Fact]
    public async Task An_answer_beyond_what_the_request_allows_is_cut()
    {
        var question = Question("123456789012");
        question["max_completion_tokens"] = 2;

        var reply = await AskAsync(question);

        reply.Json["choices"]![0]!["message"]!["content"]!.ToString().ShouldBe("12345678");
        reply.Json["choices"]![0]!["finish_reason"]!.ToString().ShouldBe("length");
    }

    [Fact]
    public async Task A_stream_comes_in_pieces_and_ends_with_the_count()
    {
        var question = Question("The quick brown fox jumps over the lazy dog");
        question["stream"] = true;
        question["stream_options"] = new JsonObject { ["include_usage"] = true };

        var reply = await AskAsync(question);

        reply.Header("Content-Type")!.ShouldStartWith("text/event-stream");
        var events = reply.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[^1].ShouldBe("data: [DONE]");
        var chunks = events[..^1].Select(e => JsonNode.Parse(e["data: ".Length..])!).ToList();
        string.Concat(chunks.Where(c => c["choices"]!.AsArray().Count > 0).Select(c => c["choices"]![0]!["delta"]!["content"]?.ToString())).ShouldBe("The quick brown fox jumps over the lazy dog");
        chunks.Count.ShouldBeGreaterThan(4);
        chunks[^1]["usage"]!["total_tokens"]!.GetValue<int>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Nonsense_is_refused_politely()
    {
        foreach (var body in new[] { "{", "[]", "{}", """{"model":"scripted","messages":"hello"}""", """{"model":"scripted","messages":[]}""", """{"model":7}""" })
            (await Caller.SendAsync(HttpMethod.Post, "/v1/chat/completions", body)).Status.ShouldBe(400, body);
    }
}
