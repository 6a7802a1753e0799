using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// People as Azure DevOps writes them: an object, or text such as <c>Ada Lovelace &lt;ada@contoso.com&gt;</c>. The login is the unique name
/// (mail address, or <c>DOMAIN\user</c>), where there is one.
/// </summary>
internal static partial class Identities
{
    /// <summary>Kinds of subject that are no people: build services, service principals, the service itself.</summary>
    private static readonly string[] Services = ["svc.", "aadsp.", "s2s.", "imp."];

    public static Person? Of(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Object } identity => OfObject(identity),
        { ValueKind: JsonValueKind.String } text when Json.AsText(text) is { } name => OfText(name),
        _ => null,
    };

    /// <param name="own">Our own account by login or id: it is a bot whatever it looks like.</param>
    public static Person? Of(JsonElement? value, string? own) =>
        Of(value) is { } person && own is not null && IsNamed(value, own) ? person with { IsBot = true } : Of(value);

    /// <summary>True when an identity is the one that <paramref name="name"/> names by login or id.</summary>
    public static bool IsNamed(JsonElement? value, string name) =>
        Of(value) is { } person && string.Equals(person.Login, name, StringComparison.OrdinalIgnoreCase)
        || value is { ValueKind: JsonValueKind.Object } identity && string.Equals(identity.Text("id"), name, StringComparison.OrdinalIgnoreCase);

    private static Person? OfObject(JsonElement identity)
    {
        var named = OfText(identity.Text("uniqueName")) ?? OfText(identity.Text("name")) ?? OfText(identity.Text("displayName")) ?? OfText(identity.Text("id"));
        if (named is null)
            return null;
        var isService = identity.Text("descriptor") is { } descriptor && Services.Any(s => descriptor.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        return isService || IsService(identity.Text("displayName")) ? named with { IsBot = true } : named;
    }

    private static Person? OfText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var match = NameAndLogin().Match(text);
        var login = (match.Success ? match.Groups["login"].Value : text).Trim();
        var person = Person.FromLogin(login);
        return IsService(text) || IsService(login) ? person with { IsBot = true } : person;
    }

    private static bool IsService(string? name) => name is not null && ServiceName().IsMatch(name);

    [GeneratedRegex(@"^(?<name>[^<>]*)<(?<login>[^<>]+)>\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex NameAndLogin();

    /// <summary>Build accounts (<c>Build\guid</c>), service principals (<c>guid@guid</c>), and the names that the service gives its own.</summary>
    [GeneratedRegex(
        @"^(Build|AgentPool|ServicePrincipal|LOCAL AUTHORITY)\\|^[0-9a-f-]{36}@[0-9a-f-]{36}$|\bBuild Service \(|^Microsoft\.(TeamFoundation|VisualStudio\.Services)\b|^GitHub$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ServiceName();
}
