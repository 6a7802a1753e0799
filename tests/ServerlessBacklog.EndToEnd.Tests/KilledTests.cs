using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.Benchmarks.Scale;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>A made backlog of 2,000 items, half of them open, triaged once without any disturbance.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    internal Backlog Program { get; } = new();

    internal JsonObject Json { get; private set; } = null!;

    internal string Report { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await MadeBacklog.WriteAsync(Backlog.Sample, 2000, Program.PathOf("made.jsonl"));
        (Json, Report) = await TriageAsync("undisturbed");
    }

    public ValueTask DisposeAsync()
    {
        Program.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A run to its end over one data directory.</summary>
    internal async Task<(JsonObject Json, string Report)> TriageAsync(string directory)
    {
        (await Program.RunAsync(Arguments(directory))).ShouldEndWith(0);
        return Read(directory);
    }

    internal (JsonObject Json, string Report) Read(string name) =>
        (JsonNode.Parse(File.ReadAllText(Program.PathOf($"{name}.json")))!.AsObject(), File.ReadAllText(Program.PathOf($"{name}.html")));

    internal static string[] Arguments(string directory, string? name = null) =>
        ["triage", "made.jsonl", "--data-dir", directory, "--json", $"{name ?? directory}.json", "--report", $"{name ?? directory}.html"];
}

/// <summary>A program that is killed while it examines, and the run after it.</summary>
public sealed class KilledTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    private const string Sweep = "sweep~made";
    private const int Open = 1000;

    [Theory]
    [InlineData("indexing", 0)]
    [InlineData("examining", 500)]
    public async Task The_run_after_a_kill_ends_as_if_nothing_had_happened(string moment, int examined)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The kill is a signal.");
        await KillAsync(moment, examined);

        var (json, report) = await undisturbed.TriageAsync(moment);

        ShouldBeAsUndisturbed(json, report);
    }

    [Fact]
    public async Task Killed_again_and_again_it_still_ends_as_if_nothing_had_happened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The kill is a signal.");
        foreach (var examined in new[] { 0, 0, 500 })
            await KillAsync("often", examined);

        var (json, report) = await undisturbed.TriageAsync("often");

        ShouldBeAsUndisturbed(json, report);
    }

    [Fact]
    public async Task What_was_examined_before_the_kill_is_not_examined_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The kill is a signal.");
        var examined = await KillAsync("ended", 500);
        // A new sweep tells what is out of date; the interrupted one would go on from its own list.
        (await undisturbed.Program.RunAsync("status", "--end", Sweep, "--data-dir", "ended")).ShouldEndWith(0);

        var (json, report) = await undisturbed.TriageAsync("ended");

        json["items_examined"]!.GetValue<int>().ShouldBeInRange(1, Open - examined);
        ShouldBeAsUndisturbed(json, report);
    }

    [Fact]
    public async Task Two_runs_at_once_in_one_directory_both_end_well_with_the_same_findings()
    {
        var both = await Task.WhenAll(
            undisturbed.Program.RunAsync(UndisturbedRun.Arguments("both", "first")),
            undisturbed.Program.RunAsync(UndisturbedRun.Arguments("both", "second")));

        foreach (var (ended, name) in both.Zip(["first", "second"]))
        {
            ended.ShouldEndWith(0);
            var (json, report) = undisturbed.Read(name);
            ShouldBeAsUndisturbed(json, report);
        }
    }

    /// <summary>Kills a run as soon as its sweep shows that so many items are examined.</summary>
    /// <returns>How many it showed.</returns>
    private async Task<int> KillAsync(string directory, int examined)
    {
        var workflow = new WorkflowFile(undisturbed.Program.PathOf(directory));
        using var process = undisturbed.Program.Start(UndisturbedRun.Arguments(directory));
        // Read to the end: a full pipe would stop the program.
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var done = -1;
        for (var waited = Stopwatch.StartNew(); done < examined && waited.Elapsed < Backlog.Deadline; await Task.Delay(5))
        {
            process.HasExited.ShouldBeFalse("It ended before it could be killed.");
            done = await ExaminedAsync(workflow);
        }

        done.ShouldBeGreaterThanOrEqualTo(examined);
        process.HasExited.ShouldBeFalse("It ended before it could be killed.");
        await Backlog.KillAsync(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        process.ExitCode.ShouldNotBe(0);
        return done;
    }

    /// <summary>What the sweep shows of itself; -1 before it has begun.</summary>
    private static async Task<int> ExaminedAsync(WorkflowFile workflow)
    {
        if ((await workflow.FindAsync(Sweep))?.State.CustomStatus is not { } status)
            return -1;
        using var parsed = JsonDocument.Parse(status);
        return parsed.RootElement.GetProperty("Done").GetInt32();
    }

    private void ShouldBeAsUndisturbed(JsonObject json, string report)
    {
        Comparable(json).ShouldBe(Comparable(undisturbed.Json));
        report.ShouldBe(undisturbed.Report);
    }

    /// <summary>Without what a run says of itself.</summary>
    private static string Comparable(JsonObject json)
    {
        var copy = json.DeepClone().AsObject();
        foreach (var own in new[] { "new", "changed", "items_examined", "findings_made", "seconds", "peak_memory_mb" })
            copy.Remove(own).ShouldBeTrue(own);
        copy["decisions"]!.AsArray().Count.ShouldBe(Open);
        return copy.ToJsonString();
    }
}
