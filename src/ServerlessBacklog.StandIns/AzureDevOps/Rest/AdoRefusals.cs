using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Http;

namespace ServerlessBacklog.StandIns.AzureDevOps.Rest;

/// <summary>Azure DevOps' ways to say no.</summary>
internal static class AdoRefusals
{
    public static RefusedException Of(int status, string message, string typeKey) => new(Message(status, message, typeKey));

    public static Answer Message(int status, string message, string typeKey) => new(status, new JsonObject
    {
        ["$id"] = "1",
        ["innerException"] = null,
        ["message"] = message,
        ["typeName"] = $"Microsoft.TeamFoundation.WorkItemTracking.Server.{typeKey}, Microsoft.TeamFoundation.WorkItemTracking.Server",
        ["typeKey"] = typeKey,
        ["errorCode"] = 0,
        ["eventId"] = 3200,
    });

    public static RefusedException NoProject(string name) => Guid.TryParse(name, out _)
        ? Of(404, $"VS800075: The project with id 'vstfs:///Classification/TeamProject/{name}' does not exist, or you do not have permission to access it.", "ProjectDoesNotExistException")
        : Of(404, $"TF200016: The following project does not exist: {name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.", "ProjectDoesNotExistWithNameException");

    public static RefusedException NoItem(int id) =>
        Of(404, $"TF401232: Work item {id} does not exist, or you do not have permissions to read it.", "WorkItemUnauthorizedAccessException");

    public static RefusedException Rule(string field, string codes) =>
        Of(400, $"TF401320: Rule Error for field {field}. Error code: {codes}.", "RuleValidationException");

    public static RefusedException Bad(string message, string typeKey = "VssPropertyValidationException") => Of(400, message, typeKey);

    /// <summary>The page to sign in at, which comes in place of JSON, with a status that looks like success.</summary>
    public static Answer SignInPage => new(203)
    {
        Text = "<!DOCTYPE html><html lang=\"en-US\"><head><title>Azure DevOps Services | Sign In</title></head><body>Sign in</body></html>",
        ContentType = "text/html; charset=utf-8",
    };
}
