using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

public abstract partial class WritingContract
{
    [Fact]
    public async Task What_duplicates_add_is_gathered_in_one_comment_that_is_edited_in_place()
    {
        var (canonical, first, second) = (await CreateAsync("Crash"), await CreateAsync("It crashes"), await CreateAsync("Crash!"));
        await ApplyAsync(canonical, new AddComment("A triage comment."), "d0");

        ShouldBeApplied(await ApplyAsync(first, new Consolidate(canonical, "One more")));
        var outcome = await ApplyAsync(second, new Consolidate(canonical, "Two more"), "d2");

        ShouldBeApplied(outcome);
        outcome.Inverse.ShouldBe(new Consolidate(canonical, "One more") { Before = "Two more" });
        Comments(canonical).Count.ShouldBe(2);
        Comments(canonical)[0].ShouldStartWith("A triage comment.");
        Comments(canonical)[1].ShouldStartWith("Two more");
        (await LookAsync(canonical)).History.Comments.ShouldAllBe(c => c.IsOurs);

        ShouldBeApplied(await ApplyAsync(second, outcome.Inverse!, "d2u"));
        Comments(canonical)[1].ShouldStartWith("One more");
        ShouldBeApplied(await ApplyAsync(first, new RemoveConsolidated(canonical), "d1u"));
        Comments(canonical).ShouldHaveSingleItem().ShouldStartWith("A triage comment.");
    }

    [Fact]
    public async Task The_triage_comment_is_written_beside_what_is_gathered()
    {
        var (canonical, duplicate) = (await CreateAsync("Crash"), await CreateAsync("It crashes"));
        await ApplyAsync(duplicate, new Consolidate(canonical, "One more"));

        ShouldBeApplied(await ApplyAsync(canonical, new AddComment("A triage comment.")));
        ShouldBeApplied(await ApplyAsync(canonical, new RemoveComment()));

        Comments(canonical).ShouldHaveSingleItem().ShouldStartWith("One more");
    }

    [Fact]
    public async Task It_is_gathered_once_when_the_answer_is_lost()
    {
        var (canonical, duplicate) = (await CreateAsync("Crash"), await CreateAsync("It crashes"));

        ShouldBeApplied(await ApplyWithCrashAsync(duplicate, new Consolidate(canonical, "One more"), "POST", "/comments"));

        Writes.ShouldBe(1);
        Comments(canonical).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_undoing_of_a_merge_leaves_both_items_as_they_were()
    {
        var (canonical, duplicate) = (await CreateAsync("Crash"), await CreateAsync("It crashes"));
        var before = (await SeenAsync(canonical), await SeenAsync(duplicate));
        var looked = await LookAsync(duplicate);
        Change[] merge = [new AddLink(Domain.Items.LinkKind.DuplicateOf, canonical), new Consolidate(canonical, "One more"), new Close(CloseReason.Duplicate, canonical)];

        var done = (await ApplyAsync(looked, false, merge)).Where(o => o.State == ChangeState.Applied).ToList();

        var merged = await LookAsync(duplicate);
        (merged.IsOpen, merged.Linked(Domain.Items.LinkKind.DuplicateOf).Single()).ShouldBe((false, canonical));
        Comments(canonical).ShouldHaveSingleItem();

        foreach (var made in done.AsEnumerable().Reverse())
            ShouldBeApplied(await ApplyAsync(duplicate, made.Inverse ?? Inverse.Of(looked, made.Change)!, "undo"));
        (await SeenAsync(canonical), await SeenAsync(duplicate)).ShouldBe(before);
    }
}
