using System.Text.Json;
using ServerlessBacklog.Adapters.Trackers.GitHub.Api;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Reading;

/// <summary>People as GitHub names them.</summary>
internal static class Logins
{
    /// <summary>Stands for an account that was deleted, as on GitHub's own pages.</summary>
    public static Person Ghost { get; } = new("ghost");

    /// <summary>A user object of REST or of a webhook; null means that the account is gone.</summary>
    public static Person OfRest(JsonElement? user) => user is { } known ? OfRest(known) : Ghost;

    public static Person? Find(JsonElement value, string name) => Json.ObjectOrNull(value, name) is { } user ? OfRest(user) : null;

    /// <summary>An actor of GraphQL, where a bot's login lacks the <c>[bot]</c> that REST and webhooks give it.</summary>
    public static Person OfGraphQl(JsonElement? actor)
    {
        if (actor is not { } known || Json.TextOrNull(known, "login") is not { Length: > 0 } login)
            return Ghost;
        return Json.TextOrNull(known, "__typename") == "Bot"
            ? new Person(login.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase) ? login : $"{login}[bot]", IsBot: true)
            : Person.FromLogin(login);
    }

    private static Person OfRest(JsonElement user)
    {
        var login = Json.Text(user, "login");
        return Json.TextOrNull(user, "type") == "Bot" ? new Person(login, IsBot: true) : Person.FromLogin(login);
    }
}
