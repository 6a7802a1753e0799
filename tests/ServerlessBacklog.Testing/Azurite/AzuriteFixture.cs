using System.Security.Cryptography.X509Certificates;

namespace ServerlessBacklog.Testing.Azurite;

/// <summary>
/// One Azurite for all tests of an assembly, started by the first test that asks for it. Declare it once with
/// <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c> and take it in the constructor of a test.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteServer>> server = new(() => Task.Run(AzuriteServer.StartAsync));
    private readonly Lazy<Task<AzuriteServer>> forTokens = new(() => Task.Run(AzuriteServer.StartForTokensAsync));

    /// <summary>What to say when the tests are skipped; null when they run. On a build server they never skip: there they fail.</summary>
    public static string? WhySkipped { get; } =
        AzuritePackage.HasNode || Environment.GetEnvironmentVariable("CI") == "true" ? null : AzuritePackage.NodeIsMissing;

    /// <summary>The connection string of the running Azurite. Tests share it: they choose names of their own.</summary>
    public async Task<string> ConnectionAsync() => (await server.Value).Connection;

    /// <summary>Another one, which takes OAuth tokens over HTTPS: addresses without a key, and the certificate to trust.</summary>
    public async Task<(string Endpoints, X509Certificate2 Certificate)> ForTokensAsync() =>
        ((await forTokens.Value).Connection, (await forTokens.Value).Certificate!);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in new[] { server, forTokens })
        {
            if (one is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
                await (await one.Value).DisposeAsync();
        }
    }
}
