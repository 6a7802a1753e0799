using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>Stamps, marks, findings of many items, and what became of decisions.</summary>
public abstract partial class BacklogStoreContract
{
    [Fact]
    public async Task Stamps_of_some_items_are_found_without_those_that_are_missing()
    {
        await Store.SaveItemsAsync(Backlog, [An.Item(1), An.Item(2), An.Item(3)], None);
        await Store.StampNeighboursAsync(Backlog, [An.Ref(2), An.Ref(3)], "s1", None);

        var found = await Store.FindStampsAsync(Backlog, [An.Ref(2), An.Ref(404), An.Ref(1)], None);

        found.ShouldBe(
            [new ItemStamp(An.Ref(1), ContentHash.Of(An.Item(1)), ""), new ItemStamp(An.Ref(2), ContentHash.Of(An.Item(2)), "s1")], ignoreOrder: true);
        (await Store.FindStampsAsync(Backlog, [], None)).ShouldBeEmpty();
        (await Store.FindStampsAsync("another", [An.Ref(1)], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Marks_come_back_as_they_were_saved_in_key_order()
    {
        ExaminationMark[] marks = [new(An.Ref(1), "content.near.run", An.Instant.AddTicks(7)), new(An.Ref(2), "", null), new(An.Ref(3), "v", null)];

        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "a"), Examined(2, "type", "b")], marks.Reverse().ToList(), None);

        (await Reopen().MarksAsync(Backlog, None).ToListAsync(None)).ShouldBe(marks);
        (await Store.MarksAsync("another", None).ToListAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mark_is_lost_when_findings_change_without_one()
    {
        await Store.SaveFindingsAsync(
            Backlog, [Examined(1, "type", "a"), Examined(2, "type", "b")], [new(An.Ref(1), "v1", An.Instant), new(An.Ref(2), "v1", null)], None);

        await Store.SaveFindingsAsync(Backlog, [Examined(1, "area", "c")], None);

        (await MarksAsync()).ShouldBe([new ExaminationMark(An.Ref(2), "v1", null)]);
        (await Store.FindingsAsync(Backlog, An.Ref(1), None)).Select(f => f.Finding.Step).ShouldBe(["area", "type"]);
    }

    [Fact]
    public async Task A_mark_takes_the_place_of_the_one_before_and_leaves_the_findings()
    {
        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "kept")], [new(An.Ref(1), "v1", An.Instant)], None);

        await Store.SaveFindingsAsync(Backlog, [], [new(An.Ref(1), "v2", null)], None);

        (await MarksAsync()).ShouldBe([new ExaminationMark(An.Ref(1), "v2", null)]);
        (await Store.FindingsAsync(Backlog, An.Ref(1), None)).ShouldHaveSingleItem().Finding.Reason.ShouldBe("kept");
    }

    [Fact]
    public async Task An_item_without_a_mark_has_findings_and_no_mark()
    {
        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "a")], None);

        (await MarksAsync()).ShouldBeEmpty();
        (await Store.FindingsAsync(Backlog, An.Ref(1), None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Marks_of_items_with_hostile_refs_stay_apart()
    {
        WorkItemRef[] refs = [new("file", "a|b", "1"), new("file", "a", "b|1"), new("file", "a#b", "1"), new("file", "'; --", "?#/\\"), new("file", "ü 🎉", " 1")];

        await Store.SaveFindingsAsync(Backlog, [], [.. refs.Select(r => new ExaminationMark(r, $"v {r}", null))], None);

        (await MarksAsync()).ShouldBe(refs.Select(r => new ExaminationMark(r, $"v {r}", null)), ignoreOrder: true);
    }

    [Fact]
    public async Task Marks_and_findings_of_many_items_are_saved_together()
    {
        var numbers = Enumerable.Range(1, 600).ToList();
        await Store.SaveFindingsAsync(
            Backlog,
            [.. numbers.SelectMany(n => new[] { Examined(n, "area", $"a{n}"), Examined(n, "type", $"t{n}") })],
            [.. numbers.Select(n => new ExaminationMark(An.Ref(n), $"v{n}", null))],
            None);

        var marks = await MarksAsync();
        var found = await Store.FindingsAsync(Backlog, [.. numbers.Where(n => n % 2 == 0).Select(n => An.Ref(n))], None);

        marks.Count.ShouldBe(600);
        marks.ShouldAllBe(m => m.Versions == $"v{m.Item.Number}");
        found.Count.ShouldBe(600);
        found.ShouldAllBe(f => f.Finding.Reason.EndsWith(f.Finding.Item.Number));
    }

    [Fact]
    public async Task Findings_of_some_items_come_once_each_without_those_that_are_missing()
    {
        await Store.SaveFindingsAsync(Backlog, [Examined(1, "type", "a"), Examined(2, "type", "b"), Examined(2, "area", "c"), Examined(3, "type", "d")], None);

        var found = await Store.FindingsAsync(Backlog, [An.Ref(2), An.Ref(404), An.Ref(1), An.Ref(2)], None);

        found.Select(f => f.Finding.Reason).ShouldBe(["a", "b", "c"], ignoreOrder: true);
        (await Store.FindingsAsync(Backlog, (IReadOnlyCollection<WorkItemRef>)[], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_became_of_a_decision_until_it_is_saved_and_the_last_word_counts()
    {
        (await Store.OutcomeAsync(Backlog, An.Ref(1), "d", None)).ShouldBeNull();
        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "d", OutcomeState.Asked), None);

        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "d", OutcomeState.Rejected) with { By = "ada", Note = "No.\n\"Never\" 🎉" }, None);

        var outcome = (await Reopen().OutcomeAsync(Backlog, An.Ref(1), "d", None)).ShouldNotBeNull();
        (outcome.State, outcome.By, outcome.Note, outcome.At).ShouldBe((OutcomeState.Rejected, "ada", "No.\n\"Never\" 🎉", An.Instant));
    }

    [Fact]
    public async Task Outcomes_belong_to_their_backlog_item_and_decision()
    {
        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "d", OutcomeState.Asked), None);
        await Store.SaveOutcomeAsync(Backlog, Outcome(2, "d", OutcomeState.Expired), None);
        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "e", OutcomeState.Applied), None);
        await Store.SaveOutcomeAsync("another", Outcome(1, "d", OutcomeState.Superseded), None);

        (await Store.OutcomeAsync(Backlog, An.Ref(1), "d", None))!.State.ShouldBe(OutcomeState.Asked);
        (await Store.OutcomeAsync(Backlog, An.Ref(2), "d", None))!.State.ShouldBe(OutcomeState.Expired);
        (await Store.OutcomeAsync(Backlog, An.Ref(1), "e", None))!.State.ShouldBe(OutcomeState.Applied);
        (await Store.OutcomeAsync("another", An.Ref(1), "d", None))!.State.ShouldBe(OutcomeState.Superseded);
        (await Store.OutcomeAsync(Backlog, An.Ref(2), "e", None)).ShouldBeNull();
    }

    [Fact]
    public async Task All_outcomes_of_a_backlog_come_item_by_item_and_none_of_another()
    {
        (await Store.AllOutcomesAsync(Backlog, None).ToListAsync(None)).ShouldBeEmpty();
        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "d", OutcomeState.Asked), None);
        await Store.SaveOutcomeAsync(Backlog, Outcome(2, "d", OutcomeState.Expired) with { Note = new string('ü', 100_000) }, None);
        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "e", OutcomeState.Applied), None);
        await Store.SaveOutcomeAsync(Backlog, Outcome(1, "d", OutcomeState.Rejected), None);
        await Store.SaveOutcomeAsync("another", Outcome(1, "d", OutcomeState.Superseded), None);

        var all = await Reopen().AllOutcomesAsync(Backlog, None).ToListAsync(None);

        all.Select(o => (o.Item, o.Decision, o.State)).ShouldBe(
        [
            (An.Ref(1), "d", OutcomeState.Rejected), (An.Ref(1), "e", OutcomeState.Applied), (An.Ref(2), "d", OutcomeState.Expired),
        ], ignoreOrder: true);
        all.Select(o => o.Item).Where((item, i) => i > 0 && all[i - 1].Item != item).Count().ShouldBe(1);
        all.Single(o => o.Item == An.Ref(2)).Note!.Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task Every_kind_of_change_in_an_outcome_comes_back_whole_however_long()
    {
        Change[] changes =
        [
            new AddLabel(new Label("bug")),
            new SetField(WorkItemField.Area, "mail"),
            new Assign(new Person("ada")),
            new AddLink(LinkKind.DuplicateOf, An.Ref(7)),
            new AddComment(new string('ü', 100_000)),
            new Close(CloseReason.Duplicate, An.Ref(7)),
        ];
        var outcome = Outcome(1, "d", OutcomeState.Applied) with
        {
            Changes = [.. changes.Select((c, i) => new ChangeOutcome($"d:{c.Slot}", c, i % 2 == 0 ? ChangeState.Applied : ChangeState.NotApplied, i % 2 == 0 ? null : "why"))],
        };

        await Store.SaveOutcomeAsync(Backlog, outcome, None);

        (await Store.OutcomeAsync(Backlog, An.Ref(1), "d", None))!.Changes.ShouldBe(outcome.Changes);
    }

    private async Task<List<ExaminationMark>> MarksAsync() => await Store.MarksAsync(Backlog, None).ToListAsync(None);

    private static DecisionOutcome Outcome(int item, string decision, OutcomeState state) =>
        new() { Decision = decision, Item = An.Ref(item), State = state, At = An.Instant };
}
