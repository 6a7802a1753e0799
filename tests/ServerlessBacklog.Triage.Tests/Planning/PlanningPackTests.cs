using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Planning;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Planning;

public sealed class PlanningPackTests
{
    [Fact]
    public void The_time_before_is_all_items_and_after_those_that_need_discussion()
    {
        // Before 5 + 8 + 4 = 17; after 8 (feature with a question) + 0.5 + 0.5 = 9.
        PlannedItem[] items = [Planned(1, ItemKind.Bug), Planned(2, ItemKind.Feature, "For whom?"), Planned(3, ItemKind.Task)];

        new TimeModel().Before(items).ShouldBe(17);
        new TimeModel().After(items).ShouldBe(9);
        new TimeModel().Inputs(items).ShouldBe(
            "bug 5 min × 1 (0 to discuss); feature 8 min × 1 (1 to discuss); task 4 min × 1 (0 to discuss); question 3 min × 0 (0 to discuss); other 5 min × 0 (0 to discuss); read out 0.5 min × 2");
    }

    [Fact]
    public void Items_with_open_questions_come_first_and_each_part_keeps_the_order_of_rank()
    {
        WorkItem[] items = [An.Item(1, "Fix the crash in Reader.cs"), An.Item(2, "Add a thing"), An.Item(3, "Rename Reader.cs to Source.cs"), An.Item(4, "Do it")];
        var input = Input(items, (2, "What is the thing?"), (4, "Do what?"));
        var report = ReportBuilder.Build(input) with { Items = [.. items.Select((i, at) => new ReportItem(ItemLine.From(i)) { Rank = at + 1 })] };

        var pack = PlanningPack.Of(input, report, 4);

        pack.Items.Select(i => i.Item.Ref.Number).ShouldBe(["2", "4", "1", "3"]);
        pack.Items[0].Open.ShouldBe(["What is the thing?"]);
        PlanningPack.Of(input, report, 1).Items.ShouldHaveSingleItem().Item.Ref.Number.ShouldBe("1");
    }

    [Fact]
    public void What_may_be_archived_is_a_duplicate_or_is_blocked_is_to_be_discussed()
    {
        var item = An.Item(1);
        var report = ReportBuilder.Build(Input([item])) with { Items = [new ReportItem(ItemLine.From(item)) { Marks = ItemMarks.Archive | ItemMarks.Duplicate | ItemMarks.Blocked }] };

        PlanningPack.Of(Input([item]), report, 5).Items[0].Open.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Times_are_called_a_model_until_meetings_are_entered()
    {
        var store = new InMemoryBacklogStore();
        var meetings = new PlanningMeetings(store);
        var pack = new PlanningPack("b", An.Instant, [Planned(1, ItemKind.Bug)]);

        PlanningText.Of(pack).ShouldContain("these times are a model and no measurement");
        await meetings.AddAsync("b", new PlanningMeeting(An.Instant, 240, WithPack: false), TestContext.Current.CancellationToken);
        await meetings.AddAsync("b", new PlanningMeeting(An.Instant, 90, WithPack: true), TestContext.Current.CancellationToken);
        await meetings.AddAsync("b", new PlanningMeeting(An.Instant, 100, WithPack: true), TestContext.Current.CancellationToken);
        var entered = PlanningText.Of(pack with { Meetings = await meetings.LoadAsync("b", TestContext.Current.CancellationToken) });

        entered.ShouldContain("Entered by people: 240 min (mean of 1) before, 95 min (mean of 2) with a pack.");
        entered.ShouldNotContain("no measurement");
    }

    [Fact]
    public void Words_of_others_stay_words_in_Markdown()
    {
        var text = PlanningText.Of(new PlanningPack("b", An.Instant, [Planned(1, ItemKind.Bug, "<b>@ada</b> [x](https://evil.example)\n# Heading")]));

        text.ShouldContain("\\<b\\>@\u200bada\\</b\\> \\[x\\](https:\u200b//evil.example) #\u200b Heading");
        text.Split('\n').Count(l => l.StartsWith('#')).ShouldBe(3);
    }

    private static PlannedItem Planned(int number, ItemKind kind, params string[] open) => new(ItemLine.From(An.Item(number)), number, kind, null, open);

    private static ReportInput Input(WorkItem[] items, params (int Number, string Question)[] questions) => new()
    {
        Name = "b",
        Source = "file:b.jsonl",
        AsOf = An.Instant,
        Backlog = BacklogSnapshot.Build(items),
        Findings = questions.ToDictionary(q => An.Ref(q.Number), q => (IReadOnlyList<Finding>)
        [
            new Finding
            {
                Step = StepName.Clarity, Item = An.Ref(q.Number), Status = FindingStatus.Decided, Confidence = new Confidence(0.8), Reason = "lacks",
                Evidence = [new Evidence(EvidenceKind.Question, q.Question)],
            },
        ]),
    };
}
