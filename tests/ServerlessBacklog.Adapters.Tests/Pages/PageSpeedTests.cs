using System.Diagnostics;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Tests.Pages;

public sealed class PageSpeedTests
{
    private static readonly string[] Words = ["crash", "save", "theme", "login", "slow", "export", "mail", "window", "font", "sync"];

    [Fact]
    public async Task Overview_and_first_page_of_ten_thousand_items_come_at_once()
    {
        await using var visitor = new Visitor();
        await visitor.KeepAsync("large", [.. Enumerable.Range(1, 10_000).Select(Item)]);
        await visitor.Service<ViewKeeper>().RefreshAsync("large", TestContext.Current.CancellationToken);

        // The best of some: what else goes on on this machine is not measured.
        (await BestAsync(visitor, "/backlogs/large", "")).ShouldBeLessThan(TimeSpan.FromMilliseconds(300), "the overview");
        (await BestAsync(visitor, "/backlogs/large/items", "")).ShouldBeLessThan(TimeSpan.FromMilliseconds(200), "the first page");
        (await BestAsync(visitor, "/backlogs/large/items", "?q=crash+save&type=bug&sort=age&order=down")).ShouldBeLessThan(TimeSpan.FromMilliseconds(300), "searched, filtered and sorted");
    }

    private static async Task<TimeSpan> BestAsync(Visitor visitor, string path, string query)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var watch = Stopwatch.StartNew();
            await visitor.PageAsync(path, query);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        return best;
    }

    private static WorkItem Item(int i) => An.Item(i, string.Join(' ', Enumerable.Range(0, 6).Select(w => Words[(i * 7 + (w * (i % 13))) % Words.Length])) + $" {i}") with
    {
        Type = i % 3 == 0 ? "feature" : "bug",
        Areas = [Words[i % Words.Length]],
        Assignees = i % 4 == 0 ? [new Person($"person{i % 40}")] : [],
        CreatedAt = An.Instant.AddDays(-i % 900),
    };
}
