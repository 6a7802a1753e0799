using ServerlessBacklog.StandIns.GitHub.Model;

namespace ServerlessBacklog.StandIns.GitHub.Access;

internal enum CallerKind
{
    Anonymous,
    User,

    /// <summary>The app in the name of one installation.</summary>
    Installation,

    /// <summary>The app itself, by its signed token.</summary>
    App,
}

/// <summary>Who sends a request.</summary>
/// <param name="Key">What limits are counted by.</param>
internal sealed record Caller(CallerKind Kind, string Key, Account? Account = null, Installation? Installation = null)
{
    /// <summary>What is special about the token of a user; null for nothing.</summary>
    public GitHubTokenTraits? Token { get; init; }

    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, "anonymous");

    /// <summary>Repositories that the token was narrowed to; null for all.</summary>
    public IReadOnlySet<long>? Repositories { get; init; }

    /// <summary>Permissions that the token was narrowed to; null for those of the installation.</summary>
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }
}
