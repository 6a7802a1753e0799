using System.CommandLine;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog connect TRACKER</c>: makes webhooks and secrets, then checks all that a tracker needs.</summary>
internal static class ConnectCommand
{
    private const string Description = """
        Connect a tracker: make its webhooks and their secret, then check credentials, permissions and webhooks and say what is wrong.

        Examples:
          backlog connect azuredevops contoso/Shop --url https://MY-APP.azurewebsites.net
        """;

    public static Command Create() => new("connect", Description) { ConnectAzureDevOpsCommand.Create() };
}
