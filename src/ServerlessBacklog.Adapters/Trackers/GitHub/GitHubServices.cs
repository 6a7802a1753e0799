using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub;

public static class GitHubServices
{
    /// <summary>What <see cref="GitHubTracker"/> needs besides a clock and a way to the network, and what sets it up.</summary>
    public static IServiceCollection AddGitHub(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => GitHubOptions.From(configuration, Environment.GetEnvironmentVariable))
        .AddSingleton<ISetupCheck, GitHubSetup>()
        .AddSingleton<GitHubConnector>()
        .AddSingleton<AppRegistration>();
}
