using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub;

/// <summary>A repository by owner and name, after GitHub's own rules, so that it can stand in an address as it is.</summary>
internal sealed partial record RepositoryName(string Owner, string Name)
{
    /// <exception cref="UserErrorException">It is not <c>owner/repo</c>.</exception>
    public static RepositoryName Parse(string project) => TryParse(project)
        ?? throw new UserErrorException("That is not a repository on GitHub. Write github:owner/repo, for example github:dotnet/runtime.");

    public static RepositoryName? TryParse(string? project) =>
        project is { Length: <= 140 } && Form().Match(project) is { Success: true } match && match.Groups[2].Value is not ("." or "..")
            ? new RepositoryName(match.Groups[1].Value, match.Groups[2].Value)
            : null;

    /// <summary>Where its REST addresses begin, without a slash at either end.</summary>
    public string Path => $"repos/{Owner}/{Name}";

    public bool Equals(RepositoryName? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"\A([A-Za-z0-9](?:[A-Za-z0-9_-]{0,38}))/([A-Za-z0-9._-]{1,100})\z")]
    private static partial Regex Form();
}
