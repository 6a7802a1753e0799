using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Writing;

public abstract partial class WritingContract
{
    private const string Draft = "As a user, I want to start it.\n\n**Acceptance criteria**\n\n- Given a disk < 1 GB & \"full\", when I start it, then it says so";

    [Fact]
    public async Task A_block_comes_at_the_end_and_what_stands_before_stays_byte_for_byte()
    {
        var item = await CreateAsync("Crash");
        var before = (Raw: Description(item), Look: await LookAsync(item));

        ShouldBeApplied(await ApplyAsync(item, new SetBlock("draft", Draft)));

        Description(item).ShouldStartWith(before.Raw);
        Description(item).ShouldContain("Acceptance criteria");
        var after = await LookAsync(item);
        after.Body.ShouldBe(before.Look.Body);
        after.Blocks["draft"].ShouldBe(Draft);
        ContentHash.ForWriting(after).ShouldBe(ContentHash.ForWriting(before.Look));
    }

    [Theory]
    [InlineData("It crashes.")]
    [InlineData("")]
    [InlineData("Ends with blank lines.\n\n\n")]
    public async Task Taking_a_block_out_leaves_the_description_as_it_was(string description)
    {
        var item = await CreateAsync("Crash", description);
        var before = (Raw: Description(item), Look: await LookAsync(item));
        var set = new SetBlock("draft", Draft);

        await ApplyAsync(item, set);
        ShouldBeApplied(await ApplyAsync(item, Inverse.Of(before.Look, set)!));

        Description(item).ShouldBe(before.Raw);
    }

    [Fact]
    public async Task Another_draft_takes_the_place_of_the_first_and_its_inverse_brings_that_back()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new SetBlock("draft", Draft));
        var first = (Raw: Description(item), Look: await LookAsync(item));
        var second = new SetBlock("draft", "As an admin, I want less.");

        ShouldBeApplied(await ApplyAsync(item, second));
        (await LookAsync(item)).Blocks["draft"].ShouldBe("As an admin, I want less.");
        ShouldBeApplied(await ApplyAsync(item, Inverse.Of(first.Look, second)!));

        Description(item).ShouldBe(first.Raw);
    }

    [Fact]
    public async Task What_people_write_around_a_block_stays_when_it_is_taken_out()
    {
        var item = await CreateAsync("Crash", "Before.");
        await ApplyAsync(item, new SetBlock("draft", Draft));
        await WriteAsync(item, $"New. {Description(item)} And after.");

        ShouldBeApplied(await ApplyAsync(item, new RemoveBlock("draft")));

        Description(item).ShouldBe("New. Before. And after.");
    }

    [Fact]
    public async Task A_block_that_people_have_edited_is_theirs()
    {
        var item = await CreateAsync("Crash");
        await ApplyAsync(item, new SetBlock("draft", Draft));
        await WriteAsync(item, Description(item).Replace("I start it", "I open it", StringComparison.Ordinal));
        var theirs = Description(item);

        WhyNot(await ApplyAsync(item, new SetBlock("draft", "Other"))).ShouldContain("theirs");
        WhyNot(await ApplyAsync(item, new RemoveBlock("draft"))).ShouldContain("theirs");

        Description(item).ShouldBe(theirs);
        var look = await LookAsync(item);
        look.Blocks.ShouldBeEmpty();
        look.Body.ShouldContain("I open it");
    }

    [Fact]
    public async Task A_description_that_was_changed_after_the_look_is_left()
    {
        var item = await CreateAsync("Crash");
        var looked = await LookAsync(item);
        await WriteAsync(item, "Quite another thing.");

        WhyNot((await ApplyAsync(looked, false, new SetBlock("draft", Draft)))[0]).ShouldBe("the item was changed meanwhile");

        Description(item).ShouldBe("Quite another thing.");
    }

    [Fact]
    public async Task A_block_is_written_once_when_the_answer_is_lost()
    {
        var item = await CreateAsync("Crash");

        ShouldBeApplied(await ApplyWithCrashAsync(item, new SetBlock("draft", Draft), "PATCH", item.Number));

        Writes.ShouldBe(1);
        Description(item).Split("Acceptance criteria").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Without_the_right_to_write_nothing_is_changed_and_the_outcome_says_so()
    {
        var (item, canonical) = (await CreateAsync("Crash"), await CreateAsync("Older"));
        var (before, count) = (await SeenAsync(item), CountItems());
        var looked = await LookAsync(item);

        foreach (var change in new Change[] { new SetBlock("draft", Draft), new AddChild("Part", "Text"), new Consolidate(canonical, "Text") })
            (await WhyReaderMayNotAsync(looked, change)).ShouldMatch("(?i)token|permission|right|write");

        (await SeenAsync(item), CountItems()).ShouldBe((before, count));
        Comments(canonical).ShouldBeEmpty();
    }
}
