using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>Chat completions as they go over the wire.</summary>
internal static class ChatWire
{
    private const int CharactersPerChunk = 12;

    /// <summary>Reads a question and refuses what the service would refuse.</summary>
    public static ModelCall Read(JsonObject body, string model, int number, ModelStandInOptions options)
    {
        var messages = Messages(body["messages"]);
        var format = body["response_format"] as JsonObject;
        var (name, schema) = Schema(format, options);
        if (options.Reasons && body["temperature"]?.GetValue<double>() is { } warmth && warmth != 1)
            throw ModelRefusals.NoTemperature;
        if (options.Reasons && body["max_tokens"] is not null)
            throw ModelRefusals.NoMaxTokens;
        var tokens = TokenCount.Of(messages.Sum(m => m.Text.Length) + (schema?.Length ?? 0));
        if (tokens > options.ContextTokens)
            throw ModelRefusals.TooLong(options.ContextTokens, tokens);
        return new ModelCall(number, model, messages, tokens)
        {
            SchemaName = name,
            SchemaJson = schema,
            Temperature = body["temperature"]?.GetValue<double>(),
            MostTokens = (body["max_completion_tokens"] ?? body["max_tokens"])?.GetValue<int>(),
        };
    }

    /// <summary>What the model reads, in its order: a schema stands before the messages.</summary>
    public static string Prompt(ModelCall call) =>
        call.Messages.Aggregate(new StringBuilder(call.SchemaJson), (text, m) => text.Append(m.Text)).ToString();

    public static JsonObject Answer(ModelCall call, ModelReply reply, ModelTokens tokens) => new()
    {
        ["id"] = $"chatcmpl-{call.Number}",
        ["object"] = "chat.completion",
        ["created"] = 1_767_225_600,
        ["model"] = call.Model,
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = reply.Refusal is null ? reply.Text ?? "" : null, ["refusal"] = reply.Refusal },
            ["logprobs"] = null,
            ["finish_reason"] = reply.FinishReason,
        }),
        ["usage"] = Usage(tokens),
    };

    /// <summary>The same as server-sent events.</summary>
    public static string Stream(ModelCall call, ModelReply reply, ModelTokens tokens, bool withUsage)
    {
        var text = new StringBuilder();
        Send(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);
        if (reply.Refusal is { } refusal)
            Send(new JsonObject { ["refusal"] = refusal }, null);
        else
            foreach (var piece in (reply.Text ?? "").Chunk(CharactersPerChunk))
                Send(new JsonObject { ["content"] = new string(piece) }, null);
        Send([], reply.FinishReason);
        if (withUsage)
            Write(Chunk([], Usage(tokens)));
        return text.Append("data: [DONE]\n\n").ToString();

        void Send(JsonObject delta, string? finish) =>
            Write(Chunk(new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }), null));

        void Write(JsonObject chunk) => text.Append("data: ").Append(chunk.ToJsonString()).Append("\n\n");

        JsonObject Chunk(JsonArray choices, JsonObject? usage) => new()
        {
            ["id"] = $"chatcmpl-{call.Number}", ["object"] = "chat.completion.chunk", ["created"] = 1_767_225_600, ["model"] = call.Model, ["choices"] = choices, ["usage"] = usage,
        };
    }

    private static JsonObject Usage(ModelTokens tokens) => new()
    {
        ["prompt_tokens"] = tokens.Input,
        ["completion_tokens"] = tokens.Output,
        ["total_tokens"] = tokens.Input + tokens.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = tokens.Cached, ["audio_tokens"] = 0 },
    };

    private static List<ModelMessage> Messages(JsonNode? messages) => messages is JsonArray { Count: > 0 } list
        ? [.. list.Select(m => new ModelMessage(m!["role"]!.GetValue<string>(), Text(m["content"])))]
        : throw ModelRefusals.Wrong("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array");

    private static string Text(JsonNode? content) => content switch
    {
        null => "",
        JsonArray parts => string.Concat(parts.Select(p => p!["text"]?.GetValue<string>())),
        _ => content.GetValue<string>(),
    };

    private static (string? Name, string? Json) Schema(JsonObject? format, ModelStandInOptions options)
    {
        if (format?["type"]?.GetValue<string>() != "json_schema")
            return (null, null);
        if (!options.KnowsJsonSchema)
            throw ModelRefusals.NoJsonSchema;
        var wanted = format["json_schema"] as JsonObject ?? throw ModelRefusals.Wrong("Missing required parameter: 'response_format.json_schema'.", "response_format.json_schema", "missing_required_parameter");
        var name = wanted["name"]?.GetValue<string>();
        if (string.IsNullOrEmpty(name) || name.Length > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw ModelRefusals.Wrong("Invalid 'response_format.json_schema.name': expected a string that matches the pattern '^[a-zA-Z0-9_-]+$', at most 64 long.", "response_format.json_schema.name", "invalid_value");
        if (wanted["strict"]?.GetValueKind() == JsonValueKind.True && SchemaRules.Breach(wanted["schema"]) is { } breach)
            throw ModelRefusals.WrongSchema(name, breach);
        return (name, wanted["schema"]?.ToJsonString());
    }
}
