using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.GitHub.Access;

/// <summary>GitHub's ways to say no.</summary>
internal static class Refusals
{
    private const string Docs = "https://docs.github.com/rest";

    public static RefusedException NotFound() => Of(404, "Not Found");

    public static RefusedException BadCredentials() => Of(401, "Bad credentials");

    public static RefusedException NotWithIntegration() => Of(403, "Resource not accessible by integration");

    public static RefusedException Of(int status, string message) => new(Message(status, message));

    public static Answer Message(int status, string message) =>
        new(status, new JsonObject { ["message"] = message, ["documentation_url"] = Docs, ["status"] = $"{status}" });

    public static RefusedException Moved(string url) => new(new Answer(301, new JsonObject
    {
        ["message"] = "Moved Permanently", ["url"] = url, ["documentation_url"] = Docs + "/guides/best-practices-for-using-the-rest-api#follow-redirects",
    }).With("Location", url));

    /// <summary>A value that cannot be accepted.</summary>
    public static RefusedException Invalid(string resource, string field, string code, string? message = null)
    {
        var error = new JsonObject { ["resource"] = resource, ["code"] = code, ["field"] = field };
        if (message is not null)
            error["message"] = message;
        return new RefusedException(new Answer(422, new JsonObject
        {
            ["message"] = "Validation Failed", ["errors"] = new JsonArray(error), ["documentation_url"] = Docs, ["status"] = "422",
        }));
    }

    public static RefusedException SingleSignOn(string owner) => new(
        Message(403, "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.")
            .With("X-GitHub-SSO", $"required; url=https://github.com/orgs/{owner}/sso?authorization_request=AAAA"));
}
