using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Functions.Tests;

/// <summary>What stands at the root for the host: host.json, the sample of its settings, and the solution.</summary>
public partial class SettingsTests
{
    private static readonly JsonElement Host = JsonElement.Parse(Repository.Read("host.json"));
    private static readonly JsonElement Durable = Host.GetProperty("extensions").GetProperty("durableTask");

    [Fact]
    public void Routes_have_no_prefix() =>
        Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString().ShouldBe("");

    /// <summary>In the other mode the host would send what the worker sends itself, and know nothing of its traces.</summary>
    [Fact]
    public void Host_and_worker_speak_of_their_work_in_the_same_way() =>
        Host.GetProperty("telemetryMode").GetString().ShouldBe("OpenTelemetry");

    [Fact]
    public void A_hub_name_is_given_that_Azure_Storage_takes() =>
        Durable.GetProperty("hubName").GetString()!.ShouldMatch("^[A-Za-z][A-Za-z0-9]{2,44}$");

    /// <summary>After a crash, work in flight waits that long; the host refuses to start below a minute.</summary>
    [Theory]
    [InlineData("controlQueueVisibilityTimeout")]
    [InlineData("workItemQueueVisibilityTimeout")]
    public void Work_of_a_dead_host_is_taken_up_within_two_minutes(string setting)
    {
        var timeout = TimeSpan.Parse(Durable.GetProperty("storageProvider").GetProperty(setting).GetString()!);

        timeout.ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
    }

    /// <summary>On these answers of Durable the client's own answers rest.</summary>
    [Fact]
    public void Durable_refuses_what_the_seam_answers_for()
    {
        Durable.GetProperty("overridableExistingInstanceStates").GetString().ShouldBe("NonRunningStates");
        Durable.GetProperty("throwStatusExceptionsOnRaiseEvent").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Concurrency_fits_a_small_plan()
    {
        Durable.GetProperty("maxConcurrentActivityFunctions").GetInt32().ShouldBeInRange(1, 8);
        Durable.GetProperty("maxConcurrentOrchestratorFunctions").GetInt32().ShouldBeInRange(1, 16);
    }

    [Fact]
    public void The_sample_runs_on_local_storage()
    {
        var sample = JsonElement.Parse(Repository.Read("local.settings.sample.json"));

        sample.GetProperty("IsEncrypted").GetBoolean().ShouldBeFalse();
        sample.GetProperty("Values").GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString().ShouldBe("dotnet-isolated");
        sample.GetProperty("Values").GetProperty("AzureWebJobsStorage").GetString().ShouldBe("UseDevelopmentStorage=true");
    }

    [Fact]
    public void The_solution_builds_the_shell_in_its_configuration_Azure_only()
    {
        var solution = Repository.Read("ServerlessBacklog.sln");
        var id = ShellProject().Match(solution).Groups["id"].Value;

        var built = Regex.Matches(solution, $@"{Regex.Escape(id)}\.(?<configuration>\w+)\|[^.]+\.Build\.0").Select(m => m.Groups["configuration"].Value);
        var known = Regex.Matches(solution, $@"{Regex.Escape(id)}\.(?<configuration>\w+)\|Any CPU\.ActiveCfg").Select(m => m.Groups["configuration"].Value);

        built.ShouldBe(["Azure"]);
        known.ShouldBe(["Azure", "Debug", "Release"], ignoreOrder: true);
    }

    [Fact]
    public void The_configuration_Azure_builds_every_room()
    {
        var solution = Repository.Read("ServerlessBacklog.sln");

        var rooms = Room().Matches(solution).Select(m => m.Groups["id"].Value).ToList();

        rooms.Count.ShouldBeGreaterThan(6);
        rooms.ShouldAllBe(id => solution.Contains($"{id}.Azure|Any CPU.Build.0", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"""ServerlessBacklog\.Functions"", ""[^""]+"", ""(?<id>\{[^}]+\})""")]
    private static partial Regex ShellProject();

    [GeneratedRegex(@"""src\\[^""]+\.csproj"", ""(?<id>\{[^}]+\})""")]
    private static partial Regex Room();
}
