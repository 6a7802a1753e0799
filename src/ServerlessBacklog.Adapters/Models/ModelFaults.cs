using System.ClientModel;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Identity;
using ServerlessBacklog.Triage.Models;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>Says of every fault on the way to a model what it is, how it is mended, and whether it may pass by itself. Repeats nothing that a service said.</summary>
/// <param name="setting">The setting that names the model: <c>Models:ChatDeployment</c>.</param>
internal sealed class ModelFaults(ModelAddress address, string setting, string model, bool hasKey, TimeProvider time)
{
    private const int NoAnswer = 0;

    private string Host => address.Root.Host;

    /// <returns>What to tell, and whether asking again may help.</returns>
    public (ModelException Fault, bool MayPass) Of(Exception fault) => fault switch
    {
        ModelException known => (known, false),
        ClientResultException refusal when refusal.Status == NoAnswer => (Unreachable(refusal.InnerException), true),
        ClientResultException refusal => Of(ServiceError.Of(refusal, time.GetUtcNow())),
        HttpRequestException or IOException or SocketException => (Unreachable(fault), true),
        AuthenticationFailedException => (Wrong(
            "Nobody could sign in to ask a model.", "On Azure give the app a managed identity; on your machine run 'az login'; or set Models:ApiKey."), false),
        OperationCanceledException => (TimedOut(), true),
        // The client library trips over answers that are none, each in its own way.
        JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException or NullReferenceException => (new ModelException(
            ModelFailure.Unavailable, $"{Host} answers with something that is no answer of a model. If it does so always, check Models:Endpoint."), true),
        _ => (new ModelException(ModelFailure.Unavailable, $"{Host} could not be asked ({fault.GetType().Name})."), false),
    };

    public ModelException TimedOut() => new(ModelFailure.TimedOut, $"{Host} did not answer in time. Models:Timeout says how long is waited.");

    private (ModelException, bool) Of(ServiceError error) => error.Status switch
    {
        401 => (Wrong(WhoIsRefused(), address.UsesIdentity
            ? "It needs the role 'Cognitive Services OpenAI User' on the resource; a new role takes some minutes to hold."
            : hasKey ? "Copy the key anew, and check that it belongs to Models:Endpoint." : "Set Models:ApiKey."), false),
        403 => (Wrong($"{Host} refuses access.", "Check the role 'Cognitive Services OpenAI User', and the firewall of the resource."), false),
        404 => (NoModel(), false),
        413 => (TooLong(), false),
        429 when error.Code == "insufficient_quota" || error.Says("billing") => (Wrong(
            $"The account behind Models:ApiKey has no money or quota left at {Host}.", "Raise it there; waiting does not help."), false),
        400 or 422 => (Refusal(error), false),
        >= 300 and < 400 => (Wrong($"{Host} sends elsewhere ({error.Status}).", "Check Models:Endpoint."), false),
        408 or 409 or 425 or 429 or >= 500 => (new ModelException(
            ModelFailure.Unavailable,
            error.Status == 429 ? $"{Host} allows no more requests for now (429)." : $"{Host} has a fault of its own ({error.Status}).") { RetryAfter = error.RetryAfter }, true),
        _ => (new ModelException(ModelFailure.Misconfigured, $"{Host} refuses the request ({error.Status}). Check Models:Endpoint and {setting}."), false),
    };

    private ModelException Refusal(ServiceError error)
    {
        if (error.Code is "content_filter" or "content_policy_violation" or "ResponsibleAIPolicyViolation" || error.Says("content management policy"))
            return new ModelException(ModelFailure.Refused, $"The content filter of {Host} took the text for harmful and let no model see it.");
        if (error.Code is "context_length_exceeded" or "string_above_max_length" || error.Says("maximum context length", "context window", "context length", "too many tokens"))
            return TooLong();
        if (error.Code is "DeploymentNotFound" or "model_not_found")
            return NoModel();
        if (error.Code is "OperationNotSupported")
            return Wrong($"The model that {setting} names does something else than it is asked for.", $"Name one that can {(setting.Contains("Chat", StringComparison.Ordinal) ? "chat" : "embed")}.");
        if (error.Parameter.StartsWith("response_format", StringComparison.Ordinal) || error.Says("json_schema", "response_format", "structured output"))
            return Wrong($"The model that {setting} names takes no json_schema, or not ours.", "Choose one with structured outputs, such as gpt-4o-mini or newer.");
        return Wrong($"{Host} refuses the request ({error.Status}{(IsWord(error.Code) ? $", {error.Code}" : "")}).", $"Check that {setting} names a model of the right kind.");
    }

    private string WhoIsRefused() => address.UsesIdentity
        ? $"The identity of this process may not ask {Host}."
        : hasKey ? $"Models:ApiKey is not accepted by {Host}." : $"{Host} asks for a key, and Models:ApiKey is not set.";

    private ModelException NoModel() => Wrong(
        $"{Host} knows no {(address.Dialect == ModelDialect.OpenAi ? "model" : "deployment")} '{model}'.", $"Set {setting} to the name of one that is there, and check that Models:Endpoint is right.");

    private ModelException TooLong() => new(ModelFailure.TooLong, $"The text is longer than '{model}' takes. Set Models:ContextTokens to what it takes, so that texts are cut.");

    private ModelException Unreachable(Exception? cause) => new(ModelFailure.Unavailable, $"{Host} cannot be reached, or cuts the connection. Check Models:Endpoint and the network.", cause);

    private static ModelException Wrong(string what, string mend) => new(ModelFailure.Misconfigured, $"{what} {mend}");

    private static bool IsWord(string code) => code.Length is > 0 and < 50 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
