using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>The way of every request: fault, key, model, question, answer.</summary>
internal sealed class ModelPipeline(ModelStandInOptions options, Func<ModelCall, ModelReply> script, FaultList faults, ModelLog log)
{
    private readonly Router<Func<Call, ModelFault?, Answer>> routes = new();
    private readonly PrefixCache cache = new();
    private int asked;

    public ModelPipeline Map()
    {
        foreach (var place in new[] { "/v1", "/openai/v1", "/openai/deployments/{deployment}" })
            routes.Add("POST", place + ModelFault.Chat, Chat).Add("POST", place + ModelFault.Embeddings, Embed);
        return this;
    }

    public async Task HandleAsync(HttpContext context)
    {
        log.Begin();
        try
        {
            await ServeAsync(context, await Call.ReadAsync(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone.
        }
        finally
        {
            log.End();
        }
    }

    /// <summary>What is answered is written down first: whoever has the answer finds it there.</summary>
    private async Task ServeAsync(HttpContext context, Call call)
    {
        var fault = faults.Take(call.Method, call.Path);
        if (fault is ModelFault { Delay: var delay } && delay > TimeSpan.Zero)
            await DelayAsync(context, call, delay);
        if (fault is { Cut: true, Performed: false })
        {
            Note(call, 0);
            context.Abort();
            return;
        }

        var answer = fault is { Performed: false }
            ? new Answer(fault.Status ?? 500) { Text = fault.Body ?? "", ContentType = (fault as ModelFault)?.ContentType ?? "application/json; charset=utf-8" }
            : Serve(call, fault as ModelFault);
        foreach (var (name, value) in fault?.Headers ?? new Dictionary<string, string>())
            answer.With(name, value);
        var isCut = fault is { Cut: true } or ModelFault { CutInBody: true };
        Note(call, isCut ? 0 : answer.Status);
        if (fault is { Cut: true })
            context.Abort();
        else if (isCut)
            await CutAsync(context, answer);
        else
            await AnswerWriter.WriteAsync(context, answer.With("x-request-id", Guid.NewGuid().ToString()), AnswerWriter.Bytes(answer));
    }

    private async Task DelayAsync(HttpContext context, Call call, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Note(call, 0);
            throw;
        }
    }

    private void Note(Call call, int status) => log.Note(new ModelRequest(call.Path, call.QueryText, Scheme(call), Encoding.UTF8.GetString(call.Body), status) { Headers = call.HeaderNames });

    private Answer Serve(Call call, ModelFault? fault)
    {
        try
        {
            if (routes.Find(call.Method, call.Path, out _) is not { } found)
                throw ModelRefusals.NotFound;
            call.Values = found.Values;
            LetIn(call);
            return found.Handler(call, fault);
        }
        catch (RefusedException refusal)
        {
            return refusal.Answer;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or NullReferenceException)
        {
            return ModelRefusals.Wrong("We could not parse the JSON body of your request.").Answer;
        }
    }

    private Answer Chat(Call call, ModelFault? fault)
    {
        var body = Body(call);
        var model = ModelOf(call, body, options.ChatModels, options.EmbeddingModels.Keys);
        var question = ChatWire.Read(body, model, Interlocked.Increment(ref asked) - 1, options);
        var cached = cache.Take(model, ChatWire.Prompt(question));
        var reply = Cut(fault?.Reply ?? script(question), question.MostTokens);
        var tokens = new ModelTokens(
            reply.PromptTokens ?? question.PromptTokens, reply.CachedTokens ?? cached, reply.CompletionTokens ?? TokenCount.Of(reply.Refusal ?? reply.Text ?? ""));
        log.CountChat(question.SchemaName ?? "", tokens);
        if (body["stream"]?.GetValue<bool>() != true)
            return Answer.Ok(ChatWire.Answer(question, reply, tokens));
        var withUsage = body["stream_options"]?["include_usage"]?.GetValue<bool>() == true;
        return new Answer(200) { Text = ChatWire.Stream(question, reply, tokens, withUsage), ContentType = "text/event-stream" };
    }

    private Answer Embed(Call call, ModelFault? fault)
    {
        var body = Body(call);
        var model = ModelOf(call, body, options.EmbeddingModels.Keys, options.ChatModels);
        var (answer, tokens) = EmbeddingWire.Serve(body, model, options.EmbeddingModels[model], options);
        log.CountEmbeddings(tokens);
        return Answer.Ok(answer);
    }

    private void LetIn(Call call)
    {
        var isAzure = IsAzure(call);
        if (call.Values.ContainsKey("deployment") && call.Query("api-version") is null)
            throw ModelRefusals.NotFound;
        if (options.Keys.Count + options.Tokens.Count == 0)
            return;
        var bearer = call.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
        var key = isAzure && call.Header("api-key") is { Length: > 0 } own ? own : bearer;
        if (options.Keys.Contains(key) || (isAzure && options.Tokens.Contains(bearer)))
            return;
        // What looks like a token of an identity is told that it lacks the rights.
        throw isAzure && bearer.Contains('.') ? ModelRefusals.NoRights : ModelRefusals.WrongKey(isAzure, key);
    }

    private static string ModelOf(Call call, JsonObject body, IEnumerable<string> fit, IEnumerable<string> other)
    {
        var model = call.Values.TryGetValue("deployment", out var deployment)
            ? deployment
            : body["model"]?.GetValue<string>() ?? throw ModelRefusals.Wrong("you must provide a model parameter", "model");
        if (fit.Contains(model))
            return model;
        throw other.Contains(model) ? ModelRefusals.OtherUse(model) : ModelRefusals.NoModel(IsAzure(call), model);
    }

    private static ModelReply Cut(ModelReply reply, int? tokens) =>
        reply.Text is { } text && tokens is { } most && TokenCount.Of(text) > most ? reply with { Text = text[..(most * 4)], FinishReason = "length" } : reply;

    private static async Task CutAsync(HttpContext context, Answer answer)
    {
        var bytes = AnswerWriter.Bytes(answer);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private static JsonObject Body(Call call) => call.Json() as JsonObject ?? throw ModelRefusals.Wrong("We could not parse the JSON body of your request.");

    private static bool IsAzure(Call call) => call.Path.StartsWith("/openai/", StringComparison.OrdinalIgnoreCase);

    private static string Scheme(Call call) =>
        call.Header("api-key") is not null ? "api-key" : call.Header("Authorization")?.Split(' ')[0] ?? "";
}
