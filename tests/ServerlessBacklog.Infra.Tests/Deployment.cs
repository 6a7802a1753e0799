using System.Text.Json;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>What Azure would be asked for with given parameters, computed without Azure: conditions are decided, names are known.</summary>
internal sealed class Deployment(IReadOnlyList<JsonElement> resources)
{
    private static readonly Lazy<Task<Deployment>> NothingChosen = new(() => PredictAsync(""));

    private static readonly Lazy<Task<Deployment>> EverythingChosen = new(() => PredictAsync(
        """
        param gitHubAppId = '12345'
        param useAzureDevOps = true
        param vaultOfficerId = '11111111-1111-1111-1111-111111111111'
        param alertEmail = 'someone@example.com'
        param alwaysReadyInstances = 1
        param deployOpenAI = true
        param useDurableTaskScheduler = true
        param signInEntraClientId = '22222222-2222-2222-2222-222222222222'
        param signInGitHubClientId = 'Iv1.0123456789abcdef'
        """));

    /// <summary>Only what has no default is given.</summary>
    public static Task<Deployment> BareAsync() => NothingChosen.Value;

    public static Task<Deployment> FullAsync() => EverythingChosen.Value;

    public IEnumerable<JsonElement> Of(string type) => resources.Where(r => r.GetProperty("type").GetString() == type);

    public static async Task<Deployment> PredictAsync(string parameters)
    {
        using var folder = new TemporaryFolder();
        var template = Path.GetRelativePath(folder.Path, Path.Combine(Repository.Root, "infra", "main.bicep")).Replace('\\', '/');
        var file = await folder.WriteAsync("given.bicepparam", $"using '{template}'\nparam environmentName = 'test'\nparam location = 'westeurope'\n{parameters}\n");

        var run = await Bicep.RunAsync("snapshot", file, "--mode", "overwrite", "--subscription-id", "00000000-0000-0000-0000-000000000001");

        run.ExitCode.ShouldBe(0, run.Said);
        return new Deployment([.. JsonElement.Parse(folder.Read("given.snapshot.json")).GetProperty("predictedResources").EnumerateArray()]);
    }
}
