using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;

/// <summary>The tracker understood a request and says no.</summary>
/// <param name="code">Its own code: <c>TF401232</c>; empty when it gives none.</param>
/// <param name="sentence">What it says, on one line. Data: it may hold words of an item.</param>
internal sealed class ApiRefusedException(HttpStatusCode status, string code, string sentence)
    : Exception($"Azure DevOps refused a request (HTTP {(int)status}{(code.Length > 0 ? $", {code}" : "")}).")
{
    public HttpStatusCode Status => status;

    public string Code => code;

    public string Sentence => sentence;

    /// <summary>The item is at another revision than the patch was made for (VS403351, HTTP 412).</summary>
    public bool IsConflict => Status is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict;

    /// <summary>A query matched more than 20,000 items.</summary>
    public bool IsTooMany => Code == "VS402337";
}

internal static partial class ApiErrors
{
    /// <summary>Longest part of a refusal that is passed on.</summary>
    private const int MaxSentence = 300;

    /// <summary>The scope that a personal access token needs.</summary>
    public const string Scope = "Work Items (Read & write)";

    /// <summary>The fault of an answer that is none of success. What comes and goes is an <see cref="HttpRequestException"/>, to be tried again.</summary>
    public static Exception Of(HttpStatusCode status, JsonElement? body)
    {
        if (status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500)
            return new HttpRequestException($"Azure DevOps is busy or out of order (HTTP {(int)status}).", null, status);
        var sentence = OneLine(body?.Text("message") ?? "");
        return new ApiRefusedException(status, Code().Match(sentence).Value, sentence);
    }

    public static UserErrorException SignIn(AzureDevOpsCredentials credentials, Uri address) => new(
        credentials.IsAnonymous
            ? $"Azure DevOps at {address.Host} shows this only to people who are signed in. Make a personal access token with the scope {Scope} and set AzureDevOps:Token."
            : credentials.IsIdentity
                ? $"Azure DevOps at {address.Host} does not know the identity that signed in. Add the service principal or managed identity to the organization (Organization settings, Users) and to the project."
                : $"Azure DevOps at {address.Host} does not take the token: it is wrong, expired or revoked, made for another organization, or lacks a scope. Make a new one with the scope {Scope} and set AzureDevOps:Token.");

    /// <summary>What a refused read of a project means to the user.</summary>
    public static UserErrorException Explain(ApiRefusedException refused, AzureProject project) => refused.Status switch
    {
        HttpStatusCode.Forbidden => new UserErrorException(
            $"Azure DevOps lets this account not read the work items of '{project}'. Give the token the scope {Scope}, and the account the right "
            + "'View work items in this node' on the project's area.",
            refused),
        HttpStatusCode.NotFound when refused.Code.Length == 0 => new UserErrorException(
            $"There is no organization '{project.Organization}' there, or it has no project '{project.Name}'. Check azuredevops:org/project and AzureDevOps:BaseUrl.",
            refused),
        HttpStatusCode.NotFound => new UserErrorException(
            $"The organization '{project.Organization}' has no project '{project.Name}' that this account can see. Check its name, and add the account to the project.",
            refused),
        _ => new UserErrorException(
            $"Azure DevOps refused to read '{project}' (HTTP {(int)refused.Status}{(refused.Code.Length > 0 ? $", {refused.Code}" : "")}). Check azuredevops:org/project and AzureDevOps:BaseUrl.",
            refused),
    };

    private static string OneLine(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length <= MaxSentence ? line : $"{line[..MaxSentence]}…";
    }

    [GeneratedRegex(@"^(TF|VS)\d{4,8}")]
    private static partial Regex Code();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();
}
