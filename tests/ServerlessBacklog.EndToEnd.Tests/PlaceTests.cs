namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>Disks, folders, interruptions and neighbours.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly Backlog program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_refused_with_advice()
    {
        program.Write("a.jsonl", Export.Line(1));

        (await program.RunAsync("triage", "file:a.jsonl", "--data-dir", "a.jsonl/x")).ShouldEndWith(1).Errors.ShouldContain("Choose another one with --data-dir");
    }

    [Fact]
    public async Task A_report_is_not_written_over_a_folder()
    {
        program.Write("a.jsonl", Export.Line(1));

        (await program.RunAsync("triage", "file:a.jsonl", "--report", ".")).ShouldEndWith(1).Errors.ShouldContain("is a folder");
    }

    [Fact]
    public async Task A_full_disk_is_told_and_a_device_is_never_replaced()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        program.Write("a.jsonl", Export.Line(1));

        var ended = await program.RunAsync("triage", "file:a.jsonl", "--json", "/dev/full");

        ended.ShouldEndWith(1).Errors.ShouldContain("make room");
        using var device = File.OpenHandle("/dev/full");
        RandomAccess.GetLength(device).ShouldBe(0);
        Directory.GetFiles("/dev").ShouldNotContain(f => f.StartsWith("/dev/full.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_ctrl_c_the_next_run_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C is sent as a signal.");
        program.Write("a.jsonl", Export.Lines(1500));
        var process = program.Start("triage", "file:a.jsonl");
        var end = DateTime.UtcNow + Backlog.Deadline;
        while (!File.Exists(program.PathOf(".backlog/backlog.db-wal")) && !process.HasExited && DateTime.UtcNow < end)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        await Backlog.InterruptAsync(process);
        var stopped = await Backlog.EndAsync(process);
        var next = await program.RunAsync("triage", "file:a.jsonl", "--json", "f.json");

        stopped.ShouldEndWith(1).Errors.ShouldContain("the next run goes on from there");
        next.ShouldEndWith(0).Output.ShouldContain("1,500 open items, 1,500 read");
    }

    [Fact]
    public async Task Two_runs_at_once_in_one_directory_do_no_harm()
    {
        program.Write("a.jsonl", Export.Lines(200));

        var ends = await Task.WhenAll(program.RunAsync("triage", "file:a.jsonl"), program.RunAsync("triage", "file:a.jsonl"));
        var third = await program.RunAsync("triage", "file:a.jsonl");

        ends.ShouldAllBe(e => e.ExitCode == 0 || e.Errors.StartsWith("backlog: "));
        third.ShouldEndWith(0).Output.ShouldContain("200 open items, 200 read");
    }
}
