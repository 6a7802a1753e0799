using System.Runtime.CompilerServices;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Triage.Tests.Orchestrations.Histories;

/// <summary>
/// Instances that are under way while a new version is deployed go on with it: it must make the calls that the old one made. See the
/// README beside the recorded histories.
/// </summary>
public class RecordedHistoryTests
{
    private static readonly string Folder = FolderFrom();

    public static TheoryData<string> Recorded => new(Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Todays_code_makes_the_calls_of_every_recorded_history(string name)
    {
        var history = Read(name);
        var entry = OrchestrationList.All.SingleOrDefault(o => o.Name == history.Orchestration)
            .ShouldNotBeNull($"'{history.Orchestration}' is not listed any more. Instances of it may be under way: keep it, or delete its histories once none can be.");

        HistoryReplay.Difference(history, entry).ShouldBeNull("Give the changed orchestration a new version and keep the old one in the list.");
    }

    [Fact]
    public void Every_listed_orchestration_has_a_recorded_history()
    {
        var recorded = Recorded.Select(row => Read(row.Data).Orchestration).ToHashSet();

        OrchestrationList.All.Select(o => o.Name).Where(o => !recorded.Contains(o)).ShouldBeEmpty("Record them: RECORD_HISTORIES=1.");
        HistoryScenarios.All.Keys.ShouldBeSubsetOf(Recorded.Select(row => row.Data), "Record them: RECORD_HISTORIES=1.");
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_call_that_is_no_longer_made_or_is_made_under_another_name_is_noticed(string name)
    {
        var history = Read(name);
        var entry = OrchestrationList.All.Single(o => o.Name == history.Orchestration);

        foreach (var (changed, what) in Changes(history))
        {
            var difference = HistoryReplay.Difference(changed, entry).ShouldNotBeNull($"Nobody noticed: {what}");
            difference.ShouldStartWith($"{history.Orchestration}, generation ", Case.Sensitive, what);
            difference.ShouldContain("event ", Case.Sensitive, what);
        }
    }

    [Fact]
    public void A_changed_orchestration_is_told_with_its_event()
    {
        var changed = OrchestrationEntry.Of<DecidesFirst, TriageItemInput, TriageItemResult>(TriageItem.Ref);

        var difference = HistoryReplay.Difference(Read("TriageItem.applied"), changed).ShouldNotBeNull();

        difference.ShouldStartWith("TriageItem, generation 1, event 2 of ");
        difference.ShouldContain("its call 1 was a wait for 'revision'; this program makes the activity PlanItem there");
    }

    [Fact]
    public async Task A_history_is_read_as_it_was_written()
    {
        var recorded = await HistoryScenarios.All["TriageItem.step-failed"]();

        var read = RecordedHistory.Parse(recorded.Write());

        read.Write().ShouldBe(recorded.Write());
        HistoryReplay.Difference(read, OrchestrationList.All.Single(o => o.Name == read.Orchestration)).ShouldBeNull();
    }

    [Fact]
    public async Task Histories_are_recorded_when_asked_for()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("RECORD_HISTORIES") == "1", "RECORD_HISTORIES=1 records all histories anew.");

        foreach (var (name, run) in HistoryScenarios.All)
            await File.WriteAllTextAsync(FileOf(name), (await run()).Write());
    }

    /// <summary>The history of a program that made one more call, and of one that called something else, for each call.</summary>
    private static IEnumerable<(RecordedHistory History, string What)> Changes(RecordedHistory history)
    {
        for (var g = 0; g < history.Generations.Count; g++)
        {
            foreach (var call in history.Generations[g].Events.Where(e => e.IsCall))
            {
                var what = $"generation {g + 1}, call {call.Call}, {call.Event} {call.Name}";
                yield return (With(history, g, events => events.Select(e => e == call ? e with { Name = "Another" } : e)), $"{what} renamed");
                yield return (With(history, g, events => Without(events, call.Call!.Value)), $"{what} taken out");
                yield return (With(history, g, events => Twice(events, call)), $"{what} made twice");
            }
        }
    }

    private static RecordedHistory With(RecordedHistory history, int generation, Func<IEnumerable<RecordedEvent>, IEnumerable<RecordedEvent>> change) =>
        history with
        {
            Generations = [.. history.Generations.Select((g, i) => i == generation ? g with { Events = [.. change(g.Events)] } : g)],
        };

    /// <summary>Without the call and its answer; later calls move up.</summary>
    private static IEnumerable<RecordedEvent> Without(IEnumerable<RecordedEvent> events, int call) =>
        events.Where(e => e.Call != call).Select(e => e.Call > call ? e with { Call = e.Call - 1 } : e);

    /// <summary>With the same call once more right behind it; later calls move down.</summary>
    private static IEnumerable<RecordedEvent> Twice(IEnumerable<RecordedEvent> events, RecordedEvent call) =>
        events.SelectMany(e => e == call ? [e, e with { Call = e.Call + 1 }] : e.Call > call.Call ? [e with { Call = e.Call + 1 }] : new[] { e });

    private static RecordedHistory Read(string name) => RecordedHistory.Parse(File.ReadAllText(FileOf(name)));

    private static string FileOf(string name) => Path.Combine(Folder, $"{name}.json");

    private static string FolderFrom([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../fixtures/histories"));

    /// <summary>A program that was changed without a new version.</summary>
    private sealed class DecidesFirst : IOrchestration<TriageItemInput, TriageItemResult>
    {
        public async Task<TriageItemResult> RunAsync(IOrchestrationContext context, TriageItemInput input)
        {
            await context.CallAsync(PlanItem.Ref, new ItemRequest(input.Backlog, input.Item, input.Settings, context.UtcNow));
            return await new TriageItem().RunAsync(context, input);
        }
    }
}
