using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>Who we are on GitHub: an app, the holder of a token, or nobody in particular.</summary>
internal abstract record GitHubAccount
{
    /// <exception cref="UserErrorException">The settings contradict each other or are incomplete.</exception>
    public static GitHubAccount Of(GitHubOptions options)
    {
        var issuer = options.ClientId ?? options.AppId;
        if (options.PrivateKey is not null && issuer is null)
            throw new UserErrorException("GitHub:PrivateKey is set and GitHub:AppId is not. Set GitHub:AppId, or GitHub:ClientId, to that of the app.");
        if (options.PrivateKey is null && issuer is not null && options.Token is null)
            throw new UserErrorException("GitHub:AppId is set and GitHub:PrivateKey is not. Give the app's private key, as text or as the path of its .pem file.");
        if (options.Token is { } text && text.Any(c => c is <= ' ' or > '~'))
            throw new UserErrorException("GitHub:Token holds characters that no token has. Copy it again.");
        return options.PrivateKey is { } key ? new App(issuer!, key) : options.Token is { } token ? new Token(token) : new Anonymous();
    }

    public sealed record App(string Issuer, string PrivateKey) : GitHubAccount
    {
        public override string ToString() => $"app {Issuer}";
    }

    public sealed record Token(string Value) : GitHubAccount
    {
        /// <summary>Tells tokens apart without telling them: the first 12 hex digits of SHA-256.</summary>
        public string Account => $"token:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))[..12]}";

        public override string ToString() => Account;
    }

    public sealed record Anonymous : GitHubAccount;
}
