using System.CommandLine;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog connect</c>: lets a tracker tell of its items, and sees whether all that it needs is right.</summary>
internal static class ConnectCommand
{
    private const string Description = """
        Connect a tracker: set up its webhooks, and see whether credentials, permissions, webhooks and quota are right.

        Examples:
          backlog connect github owner/repo --url https://my-app.azurewebsites.net
          backlog connect github owner/repo --check
          backlog connect github --new-app --url https://my-app.azurewebsites.net
          backlog connect azuredevops contoso/Shop --url https://my-app.azurewebsites.net
        """;

    public static Command Create() => new("connect", Description) { ConnectGitHubCommand.Create(), ConnectAzureDevOpsCommand.Create() };
}
