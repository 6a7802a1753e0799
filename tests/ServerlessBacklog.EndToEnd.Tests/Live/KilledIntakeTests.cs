using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Benchmarks.Intake;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>A host that is killed right after it has acknowledged a burst.</summary>
public sealed class KilledIntakeTests : IAsyncLifetime
{
    private const int Burst = 500;
    private const string Repository = "made/issues";

    private readonly LiveHost host = new();

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The kill is a signal.");
        host.Program.Environment["Trackers__Pace__SkipLoopback"] = "true";
        return host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_is_seen_and_is_worked_off_after_it()
    {
        var made = new MadeDelivery(Recorded.OpenedIssue, Repository, LiveHost.GitHubSecret, 12 * 1024);
        var deliveries = Enumerable.Range(1, Burst).Select(made.Of).ToList();
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (delivery, _) =>
        {
            var answer = await host.SendAsync(host.GitHub("issues", delivery.Body, delivery.Id));
            answer.Status.ShouldBe(202, answer.Body);
        });
        await host.KillAsync();

        var (kept, pending) = await StoredAsync();
        var status = await host.Program.RunAsync("status");
        var json = await host.Program.RunAsync("status", "--json");

        kept.ShouldBe(deliveries.Select(d => d.Id), ignoreOrder: true);
        pending.ShouldBeGreaterThan(0);
        status.ShouldEndWith(0).Output.ReplaceLineEndings(" ").ShouldContain($"{pending:N0} deliveries of webhooks wait to be started");
        JsonNode.Parse(json.ShouldEndWith(0).Output)!["deliveries"]!["pending"]!.GetValue<int>().ShouldBe(pending);
        await host.StartAsync();
        await DrainAsync();
        (await ItemsAsync()).ShouldBe(Burst);
    }

    /// <summary>Watches the pending deliveries become fewer, through the pages of the host.</summary>
    private async Task DrainAsync()
    {
        using var late = new CancellationTokenSource(Backlog.Deadline);
        while (true)
        {
            var answer = await host.GetAsync($"api/status/{Repository}");
            if (answer.Status == 200)
            {
                using var json = JsonDocument.Parse(answer.Body);
                if (json.RootElement.GetProperty("deliveries").GetProperty("pending").GetInt32() == 0)
                    return;
            }

            await Task.Delay(200, late.Token);
        }
    }

    private async Task<(List<string> Ids, int Pending)> StoredAsync()
    {
        using var storage = LocalStorage.Open(host.Program.PathOf(".backlog"), TimeProvider.System);
        var recent = await storage.Deliveries.RecentAsync(2 * Burst, CancellationToken.None);
        return ([.. recent.Select(d => d.Id)], (await storage.Deliveries.CountAsync(CancellationToken.None)).Pending);
    }

    private async Task<int> ItemsAsync()
    {
        using var storage = LocalStorage.Open(host.Program.PathOf(".backlog"), TimeProvider.System);
        return await storage.Backlogs.StampsAsync(Repository, CancellationToken.None).CountAsync();
    }
}
