namespace ServerlessBacklog.Domain.Items;

/// <summary>Somebody as one tracker names them. Logins compare without case.</summary>
/// <param name="Login">The tracker's own name of the person: login, user principal name, or display name where the export has no other.</param>
/// <param name="IsBot">True for apps and service accounts, whose edits are no human activity.</param>
public sealed record Person(string Login, bool IsBot = false)
{
    public bool Equals(Person? other) => other is not null && string.Equals(Login, other.Login, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Login);

    public override string ToString() => Login;

    /// <summary>A person from a bare login: logins that end in <c>[bot]</c> or <c>-bot</c> are bots.</summary>
    public static Person FromLogin(string login) => new(
        login,
        login.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase) || login.EndsWith("-bot", StringComparison.OrdinalIgnoreCase));
}
