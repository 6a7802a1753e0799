using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>How OpenAI and Azure say no.</summary>
internal static class ModelRefusals
{
    public static RefusedException WrongKey(bool isAzure, string key) => isAzure
        ? Refuse(401, "401", "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.")
        : key.Length == 0
            ? Refuse(401, null, "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.")
            : Refuse(401, "invalid_api_key", $"Incorrect API key provided: {Masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.");

    public static RefusedException NoRights => Refuse(
        401, "PermissionDenied", "The principal lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST` operation.");

    public static RefusedException NoModel(bool isAzure, string model) => isAzure
        ? Refuse(404, "DeploymentNotFound", "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.")
        : Refuse(404, "model_not_found", $"The model `{model}` does not exist or you do not have access to it.");

    public static RefusedException OtherUse(string model) => Refuse(
        400, "OperationNotSupported", $"The operation does not work with the specified model, {model}. Please choose different model and try again.");

    public static RefusedException NotFound => Refuse(404, "404", "Resource not found");

    public static RefusedException NoJsonSchema => Wrong(
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide.", "response_format", null);

    public static RefusedException WrongSchema(string name, string why) => Wrong($"Invalid schema for response_format '{name}': {why}", "response_format", null);

    public static RefusedException NoTemperature => Wrong(
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value");

    public static RefusedException NoMaxTokens => Wrong(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter");

    public static RefusedException TooLong(int limit, int tokens) => Wrong(
        $"This model's maximum context length is {limit} tokens. However, your messages resulted in {tokens} tokens. Please reduce the length of the messages.", "messages", "context_length_exceeded");

    public static RefusedException Wrong(string message, string? parameter = null, string? code = null) => new(new Answer(400, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = parameter, ["code"] = code },
    }));

    private static RefusedException Refuse(int status, string? code, string message) => new(new Answer(status, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = "invalid_request_error", ["param"] = null, ["code"] = code },
    }));

    /// <summary>Beginning and end are repeated, as the service does.</summary>
    private static string Masked(string key) => key.Length < 8 ? "***" : $"{key[..4]}***{key[^4..]}";
}
