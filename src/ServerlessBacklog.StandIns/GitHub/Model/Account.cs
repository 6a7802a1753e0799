using System.Buffers.Text;
using System.Text;

namespace ServerlessBacklog.StandIns.GitHub.Model;

/// <param name="Type"><c>User</c>, <c>Bot</c> or <c>Organization</c>.</param>
internal sealed record Account(long Id, string Login, string Type)
{
    public string NodeId => NodeIds.Of(Type switch { "Bot" => "BOT", "Organization" => "O", _ => "U" }, Id);

    public bool IsBot => Type == "Bot";
}

internal static class NodeIds
{
    public static string Of(string kind, long id) => $"{kind}_{Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{kind}:{id}"))}";
}

/// <summary>Who does something, and whether through an app.</summary>
internal sealed record Doer(Account Account, GitHubAppIdentity? App = null);
