using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Pages;

namespace ServerlessBacklog.Adapters.SignIn;

/// <summary>How people sign in to the pages of a host that others reach. Where no way is set, nobody can, and no page is shown.</summary>
public sealed class PageSignIn
{
    /// <summary>Setting: <c>appservice</c> where the authentication of App Service is switched on; no other word is known.</summary>
    public const string Setting = "Pages:SignIn";

    /// <summary>The settings that App Service reads its own secrets from; where one is set, people can sign in that way.</summary>
    private const string GitHubSecret = "GITHUB_PROVIDER_AUTHENTICATION_SECRET";
    private const string EntraSecret = "MICROSOFT_PROVIDER_AUTHENTICATION_SECRET";

    private readonly bool isAppService;

    public PageSignIn(IConfiguration configuration)
    {
        isAppService = string.Equals(configuration[Setting], "appservice", StringComparison.OrdinalIgnoreCase);
        PageLink[] ways =
        [
            .. configuration[GitHubSecret] is { Length: > 0 } ? [new PageLink("GitHub", "/.auth/login/github")] : Array.Empty<PageLink>(),
            .. configuration[EntraSecret] is { Length: > 0 } ? [new PageLink("Microsoft", "/.auth/login/aad")] : Array.Empty<PageLink>(),
        ];
        Ways = isAppService ? ways : [];
    }

    public IReadOnlyList<PageLink> Ways { get; }

    /// <summary>Who has signed in; null when nobody has, or when nobody is told here.</summary>
    public PagePerson? PersonOf(Func<string, string?> header) => isAppService && AppServiceSignIn.Read(header) is { } person ? PagePerson.Of(person) : null;
}
