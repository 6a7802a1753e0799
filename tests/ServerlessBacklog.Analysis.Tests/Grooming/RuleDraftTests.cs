using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Analysis.Grooming;

namespace ServerlessBacklog.Analysis.Tests.Grooming;

public sealed class RuleDraftTests
{
    [Fact]
    public void A_fault_that_the_item_tells_in_parts_becomes_a_draft_of_its_own_words_that_passes()
    {
        const string Body = "Steps to reproduce:\nOpen the export page.\n\nActual results:\nNothing is written.\n\nExpected results:\nThe file is written.\n\nEnvironment:\nReader 4.2.1 on Debian";

        var draft = Of(ItemKind.Bug, "Export writes nothing", Body);

        draft.Role.ShouldBe("user of Reader 4.2.1");
        draft.Criteria.Select(c => c.Then).ShouldBe(["The file is written", "this does not happen any more: Nothing is written"]);
        DraftGate.Faults(draft, [Body, "Export writes nothing"], quote => Body.Contains(quote, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_sentence_that_says_what_must_be_so_is_a_criterion_and_a_question_is_none()
    {
        var draft = Of(ItemKind.Feature, "Checkbox for minify", "The checkbox should be off at first. It must vanish for old kits. Should it be blue?");

        draft.Criteria.Select(c => c.Then).ShouldBe(["The checkbox should be off at first.", "It must vanish for old kits."]);
    }

    [Fact]
    public void A_story_in_the_title_names_its_role() =>
        Of(ItemKind.Feature, "As an editor I want to see drafts", "").Role.ShouldBe("editor");

    [Fact]
    public void What_the_item_does_not_say_stays_empty_and_passes_for_no_story()
    {
        var draft = Of(ItemKind.Task, "Add email sink", "");

        (draft.Role, draft.Benefit, draft.Criteria.Count).ShouldBe(("", "", 0));
        DraftGate.Faults(draft, ["Add email sink"], _ => true).ShouldContain("it names no role");
    }

    private static StoryDraft Of(ItemKind kind, string title, string body) => RuleDraft.Of(ClarityExaminer.Examine(kind, title, body, []), title, body, []);
}
