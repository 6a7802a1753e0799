using System.Globalization;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>What goes wrong with a model, beside what goes wrong with any service.</summary>
public sealed record ModelFault : Fault
{
    /// <summary>Where chat is asked.</summary>
    public const string Chat = "/chat/completions";

    public const string Embeddings = "/embeddings";

    /// <summary>The answer begins so much later.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True when the connection is cut in the middle of the body.</summary>
    public bool CutInBody { get; init; }

    /// <summary>Answered in place of what the script would say; for chat only.</summary>
    public ModelReply? Reply { get; init; }

    /// <summary>In place of <c>application/json</c>.</summary>
    public string? ContentType { get; init; }

    public static ModelFault TooManyRequests(int? retryAfterSeconds = null, int? retryAfterMilliseconds = null)
    {
        var headers = new Dictionary<string, string>();
        if (retryAfterSeconds is { } seconds)
            headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        if (retryAfterMilliseconds is { } milliseconds)
            headers["retry-after-ms"] = milliseconds.ToString(CultureInfo.InvariantCulture);
        return new ModelFault { Status = 429, Headers = headers, Body = Error("429", "Requests to the ChatCompletions_Create Operation have exceeded the token rate limit of your current pricing tier. Please retry later.") };
    }

    /// <summary>The account is out of money: waiting does not help.</summary>
    public static ModelFault OutOfQuota => new() { Status = 429, Body = Error("insufficient_quota", "You exceeded your current quota, please check your plan and billing details.") };

    /// <param name="status">500, 502, 503 …</param>
    public static ModelFault Broken(int status = 500) => new() { Status = status, Body = Error("server_error", "The server had an error while processing your request. Sorry about that!") };

    /// <summary>The connection is cut before the answer.</summary>
    public static ModelFault CutBefore => new() { Cut = true };

    public static ModelFault CutInside => new() { Performed = true, CutInBody = true };

    public static ModelFault Slow(TimeSpan delay) => new() { Performed = true, Delay = delay };

    public static ModelFault Says(ModelReply reply) => new() { Performed = true, Reply = reply };

    public static ModelFault Refuses(string refusal = "I'm sorry, but I can't help with that.") => Says(ModelReply.Refuse(refusal));

    public static ModelFault AnswersNothing => Says(new ModelReply(""));

    public static ModelFault Nonsense => Says(new ModelReply("Sure! Here is what you asked for: colorless green ideas {{{"));

    /// <summary>The prompt was taken for harmful, as Azure's filter says it.</summary>
    public static ModelFault ContentFilter => new()
    {
        Status = 400,
        Body = """{"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":true,"detected":true}}}}}""",
    };

    public static ModelFault WrongKey => new() { Status = 401, Body = Error("401", "Access denied due to invalid subscription key or wrong API endpoint.") };

    public static ModelFault NoDeployment => new() { Status = 404, Body = Error("DeploymentNotFound", "The API deployment for this resource does not exist.") };

    public static ModelFault NoJsonSchema => new()
    {
        Status = 400,
        Body = """{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","type":"invalid_request_error","param":"response_format","code":null}}""",
    };

    public static ModelFault TooLong => new()
    {
        Status = 400,
        Body = """{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. Please reduce the length of the messages.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""",
    };

    /// <summary>A page of a proxy that says "all is well".</summary>
    public static ModelFault WrongContentType => new() { Status = 200, Body = "<!DOCTYPE html><html><body>Welcome to the network</body></html>", ContentType = "text/html; charset=utf-8" };

    private static string Error(string code, string message) => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""";
}
