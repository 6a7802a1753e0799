using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

public abstract partial class WritingContract
{
    private static readonly AddChild Part = new("Write the new format", "Part of it, which says:\n\n> write the new format");

    [Fact]
    public async Task A_child_is_created_linked_and_named_in_the_outcome()
    {
        var parent = await CreateAsync("Formats");

        var outcome = await ApplyAsync(parent, Part);

        ShouldBeApplied(outcome);
        var made = await ChildAsync(parent);
        made.Title.ShouldBe(Part.Title);
        made.Body.ShouldContain("write the new format");
        made.Linked(LinkKind.ChildOf).ShouldBe([parent]);
        outcome.Inverse.ShouldBe(new RemoveChild(made.Ref, Part.Title, Part.Markdown));
    }

    [Fact]
    public async Task A_child_is_created_once_when_the_answer_is_lost()
    {
        var parent = await CreateAsync("Formats");
        var count = CountItems();

        var outcome = await ApplyWithCrashAsync(parent, Part, "POST", CreatePath);

        ShouldBeApplied(outcome);
        CountItems().ShouldBe(count + 1);
        outcome.Inverse.ShouldBeOfType<RemoveChild>().Child.ShouldBe((await ChildAsync(parent)).Ref);
    }

    [Fact]
    public async Task A_child_that_an_earlier_attempt_made_is_seen_through()
    {
        var parent = await CreateAsync("Formats");
        var before = await LookAsync(parent);
        var intended = new ChangeOutcome("d1:child", Part, ChangeState.Intended) { Inverse = Inverse.Of(before, Part) };

        await ApplyAsync(parent, Part);
        var now = await LookAsync(parent);

        ContentHash.ForWriting(now).ShouldNotBe(ContentHash.ForWriting(before));
        ContentHash.ForWriting(ChangedItem.Before(now, [intended])).ShouldBe(ContentHash.ForWriting(before));
    }

    [Fact]
    public async Task Two_children_with_different_titles_are_two()
    {
        var parent = await CreateAsync("Formats");
        var looked = await LookAsync(parent);

        (await ApplyAsync(looked, false, Part, Part with { Title = "Convert what is there" })).ShouldAllBe(o => o.State == ChangeState.Applied);

        (await LookAsync(parent)).Linked(LinkKind.ParentOf).Count().ShouldBe(2);
    }

    [Fact]
    public async Task Taking_a_child_back_cuts_it_loose_and_closes_it()
    {
        var parent = await CreateAsync("Formats");
        var before = await SeenAsync(parent);
        var outcome = await ApplyAsync(parent, Part);
        var child = await ChildAsync(parent);

        ShouldBeApplied(await ApplyAsync(parent, outcome.Inverse!));
        ShouldBeApplied(await ApplyAsync(parent, outcome.Inverse!, mayBeDone: true));

        (await SeenAsync(parent)).ShouldBe(before);
        var closed = await LookAsync(child.Ref);
        (closed.IsOpen, closed.Links.Count).ShouldBe((false, 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_child_that_somebody_has_touched_stays(bool byComment)
    {
        var parent = await CreateAsync("Formats");
        var outcome = await ApplyAsync(parent, Part);
        var child = await ChildAsync(parent);
        await (byComment ? CommentAsync(child.Ref, "I take it") : WriteAsync(child.Ref, Description(child.Ref).Replace("new format", "newest format", StringComparison.Ordinal)));

        WhyNot(await ApplyAsync(parent, outcome.Inverse!)).ShouldContain(byComment ? "commented" : "edited");

        (await ChildAsync(parent)).IsOpen.ShouldBeTrue();
    }

    private async Task<WorkItem> ChildAsync(WorkItemRef parent) => await LookAsync((await LookAsync(parent)).Linked(LinkKind.ParentOf).ShouldHaveSingleItem());
}
