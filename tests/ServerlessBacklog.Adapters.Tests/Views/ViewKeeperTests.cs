using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Tests.Storage;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Tests.Views;

/// <summary>The view that pages and messages go by, over the embedded store.</summary>
public sealed class ViewKeeperTests : IAsyncDisposable
{
    private const string Backlog = "owner/repo";

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new(An.Instant);
    private readonly List<ServiceProvider> opened = [];

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_view_is_stored_whole_and_read_back_by_another_process()
    {
        var host = Open();
        await SaveAsync(host, [.. Enumerable.Range(1, 40).Select(n => An.Item(n, $"Crash number {n} on save", "It crashes.") with { Assignees = [new Person("ada")] })]);
        // What was saved within the minute would be looked at again.
        time.Advance(TimeSpan.FromMinutes(5));
        var built = await host.GetRequiredService<ViewKeeper>().CurrentAsync(Backlog, None);

        var read = await Open().GetRequiredService<ViewKeeper>().CurrentAsync(Backlog, None);

        read.ShouldNotBeSameAs(built);
        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(built));
        read.Report.Items.Count.ShouldBe(40);
    }

    [Fact]
    public async Task Its_head_is_all_but_the_table_of_items()
    {
        var host = Open();
        await SaveAsync(host, An.Item(1), An.Item(2));
        time.Advance(TimeSpan.FromMinutes(5));
        await host.GetRequiredService<ViewKeeper>().CurrentAsync(Backlog, None);

        var keeper = Open().GetRequiredService<ViewKeeper>();
        var head = await keeper.HeadAsync(Backlog, None);

        (head.Report.Counts.Open, head.Report.Items.Count).ShouldBe((2, 0));
        (await keeper.CurrentAsync(Backlog, None)).Report.Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_saved_later_is_in_the_next_look()
    {
        var keeper = Open().GetRequiredService<ViewKeeper>();
        await SaveAsync(opened[0], An.Item(1));
        await keeper.CurrentAsync(Backlog, None);

        time.Advance(TimeSpan.FromMinutes(5));
        await SaveAsync(opened[0], An.Item(2));

        (await keeper.CurrentAsync(Backlog, None)).Report.Counts.Open.ShouldBe(2);
    }

    [Fact]
    public async Task What_nothing_changed_is_not_worked_out_again()
    {
        var keeper = Open().GetRequiredService<ViewKeeper>();
        await SaveAsync(opened[0], An.Item(1));
        time.Advance(TimeSpan.FromMinutes(5));
        var first = await keeper.CurrentAsync(Backlog, None);
        time.Advance(TimeSpan.FromMinutes(5));

        (await keeper.CurrentAsync(Backlog, None)).ShouldBeSameAs(first);
        await keeper.RefreshDueAsync(None);
        (await keeper.CurrentAsync(Backlog, None)).BuiltAt.ShouldBe(first.BuiltAt);
    }

    [Fact]
    public async Task A_decision_makes_it_due_and_counts_as_waiting()
    {
        var keeper = Open().GetRequiredService<ViewKeeper>();
        var store = opened[0].GetRequiredService<IBacklogStore>();
        await SaveAsync(opened[0], An.Item(1));
        time.Advance(TimeSpan.FromMinutes(5));
        (await keeper.CurrentAsync(Backlog, None)).Waiting.ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(1));

        await store.SaveDecisionsAsync(Backlog, [Asking(An.Ref(1))], None);
        await new FinishSweep(store, time).RunAsync(new SweepReport(Backlog, new SweepPlan("p", "", time.GetUtcNow(), 1, 1, 1), SweepCounts.None), None);

        (await keeper.HeadAsync(Backlog, None)).Waiting.ShouldBe(1);
    }

    [Fact]
    public async Task A_damaged_view_is_worked_out_again()
    {
        await SaveAsync(Open(), An.Item(1));
        await opened[0].GetRequiredService<ViewKeeper>().CurrentAsync(Backlog, None);
        var bodies = opened[0].GetRequiredService<ISnapshotStore>();
        foreach (var name in new[] { "view", "view-items" })
            await bodies.SaveAsync($"{Backlog}/{name}", stream => stream.WriteAsync(new byte[50]).AsTask(), None);

        var keeper = Open().GetRequiredService<ViewKeeper>();

        (await keeper.HeadAsync(Backlog, None)).Report.Counts.Open.ShouldBe(1);
        (await keeper.CurrentAsync(Backlog, None)).Report.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_forgotten_is_neither_read_nor_shown()
    {
        var host = Open();
        var store = host.GetRequiredService<IBacklogStore>();
        await SaveAsync(host, An.Item(1, "Names lovelace") with { Assignees = [new Person("lovelace")] });
        await host.GetRequiredService<ViewKeeper>().CurrentAsync(Backlog, None);

        await SaveAsync(host, An.Item(1, "Names nobody"));
        await ViewKeeper.ForgetAsync(Backlog, "x", store, host.GetRequiredService<ISnapshotStore>(), None);

        (await host.GetRequiredService<ISnapshotStore>().OpenAsync($"{Backlog}/view-items", None)).ShouldBeNull();
        JsonSerializer.Serialize(await host.GetRequiredService<ViewKeeper>().CurrentAsync(Backlog, None)).ShouldNotContain("lovelace");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in opened)
            await host.DisposeAsync();
        directory.Dispose();
    }

    private static Decision Asking(WorkItemRef item) => new()
    {
        Id = "7",
        Item = item,
        ItemHash = "",
        PolicyVersion = "",
        DecidedAt = An.Instant,
        Verdict = Verdict.Ask,
        Changes = [new DecidedChange(new AddLabel(new Label("bug")), "type", new Confidence(0.8), Verdict.Ask, Verdict.Ask, "")],
        Reason = "",
    };

    private static Task<SavedItems> SaveAsync(ServiceProvider host, params IReadOnlyCollection<WorkItem> items) =>
        host.GetRequiredService<IBacklogStore>().SaveItemsAsync(Backlog, items, None);

    private ServiceProvider Open()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(ServerlessBacklogServices.DataDirectory, directory.Path)]).Build();
        var host = new ServiceCollection().AddLogging().AddServerlessBacklog(configuration).Replace(ServiceDescriptor.Singleton<TimeProvider>(time)).BuildServiceProvider();
        opened.Add(host);
        return host;
    }
}
