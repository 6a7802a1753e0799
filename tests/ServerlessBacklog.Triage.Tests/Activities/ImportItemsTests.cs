using System.Runtime.CompilerServices;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Activities;

public sealed class ImportItemsTests
{
    private readonly InMemoryBacklogStore store = new();
    private readonly ScriptedTracker tracker = new();

    [Fact]
    public async Task A_source_of_the_same_version_is_not_read_again_and_reports_the_same_items()
    {
        tracker.Items = [An.Item(1), An.Item(2)];
        await ImportAsync();

        var again = await ImportAsync();

        tracker.Reads.ShouldBe(1);
        (again.Read, again.New, again.Changed, again.Same).ShouldBe((2, 0, 0, 2));
        again.AsOf.ShouldBe(An.Item(1).CreatedAt);
    }

    [Fact]
    public async Task A_source_of_another_version_is_read_again()
    {
        tracker.Items = [An.Item(1)];
        await ImportAsync();

        (tracker.Version, tracker.Items) = ("2", [An.Item(1), An.Item(2)]);
        var again = await ImportAsync();

        (tracker.Reads, again.New, again.Same).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task Another_source_in_between_makes_the_first_one_count_as_new_again()
    {
        tracker.Items = [An.Item(1)];
        await ImportAsync();
        await ImportAsync("other.csv");

        await ImportAsync();

        tracker.Reads.ShouldBe(3);
    }

    [Fact]
    public async Task A_source_that_breaks_off_changes_nothing_and_is_read_again()
    {
        tracker.Items = [.. Enumerable.Range(1, 1200).Select(n => An.Item(n))];
        tracker.BreaksOff = true;
        await Should.ThrowAsync<UserErrorException>(() => ImportAsync());
        (await store.StampsAsync("shop", CancellationToken.None).CountAsync(CancellationToken.None)).ShouldBe(0);

        tracker.BreaksOff = false;
        var again = await ImportAsync();

        (tracker.Reads, again.New).ShouldBe((2, 1200));
    }

    [Fact]
    public async Task A_tracker_that_knows_no_versions_is_always_read()
    {
        (tracker.Version, tracker.Items) = (null, [An.Item(1)]);
        await ImportAsync();
        await ImportAsync();

        tracker.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Problems_are_counted_and_notes_are_not()
    {
        tracker.Items = [An.Item(1)];
        tracker.Problems = [new ReadProblem("line 2", "The title is missing."), new ReadProblem("header", "A column is not used.", IsNote: true)];

        var result = await ImportAsync();

        result.ProblemCount.ShouldBe(1);
        result.Problems.Count.ShouldBe(2);
    }

    private Task<ImportResult> ImportAsync(string file = "shop.csv") =>
        new ImportItems(store).RunAsync(tracker, new SourceAddress("scripted", file), "shop", null, CancellationToken.None);

    private sealed class ScriptedTracker : IExportTracker
    {
        public string Name => "scripted";

        public string SourceForm => "scripted:NAME";

        public string? Version { get; set; } = "1";

        public IReadOnlyList<WorkItem> Items { get; set; } = [];

        public IReadOnlyList<ReadProblem> Problems { get; set; } = [];

        public bool BreaksOff { get; set; }

        public int Reads { get; private set; }

        public Task<string?> VersionAsync(SourceAddress source, CancellationToken cancellation) => Task.FromResult(Version);

        public async IAsyncEnumerable<SourceRecord> ReadAsync(SourceAddress source, [EnumeratorCancellation] CancellationToken cancellation)
        {
            Reads++;
            await Task.CompletedTask;
            foreach (var problem in Problems)
                yield return new SourceRecord(problem);
            foreach (var item in Items)
                yield return new SourceRecord(item);
            if (BreaksOff)
                throw new UserErrorException("The file breaks off.");
        }
    }
}
