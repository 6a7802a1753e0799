using System.Globalization;
using ServerlessBacklog.LocalRunner.Store;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests.Processes;

/// <summary>Real processes on one file, among them such that are killed in the middle of their work.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private const int Kills = 12;
    private const int PerRound = 8;

    private readonly TemporaryDirectory directory = new();
    private readonly Ledger ledger;
    private LocalRunner client = null!;

    public ProcessTests() => ledger = new Ledger(Directory.CreateDirectory(LedgerFolder).FullName);

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private string File => directory.File("runs.db");

    private string LedgerFolder => directory.File("ledger");

    public ValueTask InitializeAsync()
    {
        client = LocalRunner.Open(new LocalRunnerOptions { Path = File });
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Killed_again_and_again_nothing_is_lost_and_no_recorded_activity_runs_again()
    {
        var random = new Random(4711);
        var ids = new List<string>();
        var recordedAtKill = new List<(int Line, IReadOnlySet<string> Recorded)>();

        for (var kill = 0; kill < Kills; kill++)
        {
            ids.AddRange(await StartInstancesAsync($"round{kill}", PerRound));
            using var worker = await WorkerProcess.StartAsync(File, LedgerFolder);
            await UntilLedgerHasAsync(ledger.Read().Count + random.Next(0, 25));
            await Task.Delay(random.Next(0, 8));
            await worker.KillAsync();
            recordedAtKill.Add((ledger.Read().Count, Recorded()));
        }

        using var last = await WorkerProcess.StartAsync(File, LedgerFolder);
        var ends = await Task.WhenAll(ids.Select(id => client.WaitAsync(id, Patience)));
        (await last.EndAsync()).ShouldBe(0);

        foreach (var end in ends)
            end.OutputAs<string[]>().ShouldBe(Chores.Expected(end.Id), end.ToString());
        var lines = ledger.Read();
        foreach (var (line, recorded) in recordedAtKill)
            lines.Skip(line).Select(l => l.Key).Where(recorded.Contains).ShouldBeEmpty();
        lines.Select(l => l.Process).Distinct().Count().ShouldBeGreaterThan(Kills / 2, "The processes were killed before they did anything.");
        recordedAtKill.Count(k => k.Recorded.Count > 0).ShouldBeGreaterThan(Kills / 2);
        await ShouldLeaveNothingBehindAsync();
    }

    [Fact]
    public async Task Two_processes_share_the_work_and_do_none_of_it_twice()
    {
        using var one = await WorkerProcess.StartAsync(File, LedgerFolder);
        using var two = await WorkerProcess.StartAsync(File, LedgerFolder);

        var ids = await StartInstancesAsync("item", 60);
        var ends = await Task.WhenAll(ids.Select(id => client.WaitAsync(id, Patience)));

        ends.ShouldAllBe(e => e.OutputAs<string[]>().SequenceEqual(Chores.Expected(e.Id)));
        var lines = ledger.Read();
        lines.Select(l => l.Key).ShouldBeUnique();
        lines.Count.ShouldBe(60 * 7);
        lines.Select(l => l.Process.Split('-')[1]).Distinct().ShouldBe([$"{one.Id}", $"{two.Id}"], ignoreOrder: true);
        (await one.EndAsync(), await two.EndAsync()).ShouldBe((0, 0));
        await ShouldLeaveNothingBehindAsync();
    }

    [Fact]
    public async Task What_a_killed_process_held_is_taken_over_at_once_by_one_that_runs()
    {
        using var killed = await WorkerProcess.StartAsync(File, LedgerFolder);
        var ids = await StartInstancesAsync("item", 20);
        await UntilLedgerHasAsync(10);
        using var heir = await WorkerProcess.StartAsync(File, LedgerFolder);

        await killed.KillAsync();

        // Far less than the 30 s of a lease.
        var soon = new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;
        var ends = await Task.WhenAll(ids.Select(id => client.WaitAsync(id, soon)));
        ends.ShouldAllBe(e => e.Status == InstanceStatus.Completed);
        (await heir.EndAsync()).ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        directory.Dispose();
    }

    private async Task<List<string>> StartInstancesAsync(string name, int count)
    {
        var ids = Enumerable.Range(1, count).Select(i => $"{name}-{i}").ToList();
        foreach (var id in ids)
        {
            (await client.StartAsync(Chores.Ref, id, 0, CancellationToken.None)).ShouldBe(StartAnswer.Started);
            (await client.RaiseAsync(id, "go", "yes", CancellationToken.None)).ShouldBe(RaiseAnswer.Delivered);
        }

        return ids;
    }

    private async Task UntilLedgerHasAsync(int lines)
    {
        for (var patience = Patience; ledger.Read().Count < lines; await Task.Delay(1))
            patience.ThrowIfCancellationRequested();
    }

    /// <summary>Keys of all calls whose result is in the file.</summary>
    private HashSet<string> Recorded()
    {
        using var session = Session.Open(File, TimeSpan.FromSeconds(5), readOnly: true);
        return [.. session.All(
            "SELECT i.id, h.call FROM history h JOIN instances i ON i.key = h.instance WHERE h.kind = 2",
            r => string.Create(CultureInfo.InvariantCulture, $"{r.GetString(0)}/{r.GetInt32(1)}"))];
    }

    private async Task ShouldLeaveNothingBehindAsync()
    {
        using (var session = Session.Open(File, TimeSpan.FromSeconds(5), readOnly: true))
        {
            foreach (var table in (string[])["activities", "waits", "runners"])
                session.Number($"SELECT count(*) FROM {table}").ShouldBe(0, table);
            session.Number("SELECT count(*) FROM instances WHERE owner IS NOT NULL OR ready IS NOT NULL").ShouldBe(0);
            session.First("PRAGMA integrity_check", r => r.GetString(0)).ShouldBe("ok");
        }

        await client.DisposeAsync();
        Directory.GetFiles(directory.Path).ShouldBe([File]);
    }
}
