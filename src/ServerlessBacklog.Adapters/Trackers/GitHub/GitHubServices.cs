using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessBacklog.Adapters.Trackers.GitHub;

public static class GitHubServices
{
    /// <summary>What <see cref="GitHubTracker"/> needs besides a clock and a way to the network.</summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(_ => GitHubOptions.From(configuration, Environment.GetEnvironmentVariable));
}
