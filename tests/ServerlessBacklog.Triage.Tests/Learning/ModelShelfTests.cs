using System.Text.Json;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Learning;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Learning;

public class ModelShelfTests
{
    private const string Backlog = "b";

    private readonly Bodies bodies = new();
    private readonly ModelShelf shelf;

    public ModelShelfTests() => shelf = new ModelShelf(bodies);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_learned_is_stored_and_taken_up_again_without_learning()
    {
        var snapshot = BacklogSnapshot.Build(Pairs(40));

        var learned = await shelf.LearnAsync(Backlog, snapshot, None);
        var again = await shelf.LearnAsync(Backlog, snapshot, None);

        learned.All.ShouldHaveSingleItem().ShouldBe(again.All.ShouldHaveSingleItem());
        (learned.All[0].Version, learned.All[0].DataHash, learned.All[0].Cases).ShouldBe((1, snapshot.Version, 40));
        (await shelf.LoadAsync(Backlog, None)).All.ShouldBe(learned.All);
        bodies.Saves.ShouldBe(1);
    }

    [Fact]
    public async Task New_items_give_a_new_version_and_the_one_before_is_kept()
    {
        await shelf.LearnAsync(Backlog, BacklogSnapshot.Build(Pairs(40)), None);

        var learned = await shelf.LearnAsync(Backlog, BacklogSnapshot.Build(Pairs(44)), None);

        learned.All[0].Version.ShouldBe(2);
        (await shelf.BeforeAsync(Backlog, None)).Select(m => m.Version).ShouldBe([1]);
    }

    [Fact]
    public async Task A_model_that_would_do_worse_on_the_newest_cases_is_not_taken()
    {
        var learned = (await shelf.LearnAsync(Backlog, BacklogSnapshot.Build(Triples(60, _ => true)), None)).All[0];
        var snapshot = BacklogSnapshot.Build(Triples(60, i => i >= 48));

        var next = (await shelf.LearnAsync(Backlog, snapshot, None)).All[0];

        next.Weights.ShouldBe(learned.Weights);
        next.Version.ShouldBe(1);
        next.DataHash.ShouldBe(snapshot.Version);
        next.KeptBecause.ShouldNotBeNull().ShouldContain("ranks better");
    }

    [Fact]
    public async Task A_backlog_without_duplicates_teaches_nothing_and_that_is_no_fault()
    {
        (await shelf.LearnAsync(Backlog, BacklogSnapshot.Build([An.Item(1), An.Item(2), An.Item(3)]), None)).All.ShouldBeEmpty();
        (await shelf.LearnAsync(Backlog, BacklogSnapshot.Build([]), None)).All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_shelf_is_learned_again()
    {
        await bodies.SaveAsync($"{Backlog}/models", stream => JsonSerializer.SerializeAsync(stream, "broken", cancellationToken: None), None);

        (await shelf.LearnAsync(Backlog, BacklogSnapshot.Build(Pairs(40)), None)).All[0].Version.ShouldBe(1);
    }

    [Fact]
    public void Learning_twice_gives_the_same_weights() =>
        new DuplicateLearner().Learn(BacklogSnapshot.Build(Pairs(30)), null)!.Weights.ShouldBe(new DuplicateLearner().Learn(BacklogSnapshot.Build(Pairs(30)), null)!.Weights);

    /// <summary>Pairs of reports in which the second repeats the first in words of its own.</summary>
    private static IEnumerable<WorkItem> Pairs(int count) => Enumerable.Range(0, count).SelectMany(i => (WorkItem[])
    [
        Closed((2 * i) + 1, $"Crash of part{i} while printing page{i}", $"part{i} prints page{i} and fails"),
        Closed((2 * i) + 2, $"Printing page{i} crashes part{i}", $"page{i}: part{i} is gone") with { Links = [new WorkItemLink(LinkKind.DuplicateOf, An.Ref((2 * i) + 1))] },
    ]);

    /// <summary>Two reports of one text in two areas, and a third that repeats one of them: that of its own area where <paramref name="ofOwnArea"/> says so.</summary>
    private static IEnumerable<WorkItem> Triples(int count, Func<int, bool> ofOwnArea) => Enumerable.Range(0, count).SelectMany(i =>
    {
        var (first, text) = ((3 * i) + 1, $"Crash of part{i} while printing page{i}");
        return (WorkItem[])
        [
            Closed(first, text, "") with { Areas = ["mail"] },
            Closed(first + 1, text, "") with { Areas = ["news"] },
            Closed(first + 2, $"part{i} crashes on page{i}", "") with
            {
                Areas = ["mail"],
                Links = [new WorkItemLink(LinkKind.DuplicateOf, An.Ref(ofOwnArea(i) ? first : first + 1))],
            },
        ];
    });

    private static WorkItem Closed(int number, string title, string body) => An.Item(number, title, body) with
    {
        State = WorkItemState.Closed,
        CreatedAt = An.Instant.AddDays(-400).AddHours(number),
        ClosedAt = An.Instant,
    };

    private sealed class Bodies : ISnapshotStore
    {
        private readonly Dictionary<string, byte[]> stored = [];

        public int Saves { get; private set; }

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellation) =>
            Task.FromResult<Stream?>(stored.TryGetValue(name, out var bytes) ? new MemoryStream(bytes) : null);

        public async Task SaveAsync(string name, Func<Stream, Task> write, CancellationToken cancellation)
        {
            var stream = new MemoryStream();
            await write(stream);
            stored[name] = stream.ToArray();
            Saves++;
        }

        public Task DeleteAsync(string name, CancellationToken cancellation)
        {
            stored.Remove(name);
            return Task.CompletedTask;
        }
    }
}
