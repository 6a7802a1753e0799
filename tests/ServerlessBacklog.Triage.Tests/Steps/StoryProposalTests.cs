using ServerlessBacklog.Analysis.Grooming;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public class StoryProposalTests
{
    private static readonly WorkItem Vague = An.Item(1, "Export", "the editor wants to save the list as a file") with { CreatedAt = An.Instant.AddHours(-1) };

    private static readonly StoryDraft Draft = new(
        "editor", "save the list as a file", "others can read it",
        [new Criterion("a list", "I save it", "there is a file"), new Criterion("no list", "I save it", "I am told so")],
        [], [], ["save the list as a file"]);

    [Fact]
    public void A_draft_that_passes_is_proposed_for_the_description()
    {
        var proposal = Of(Vague, Draft).Proposals.ShouldHaveSingleItem();

        proposal.Change.ShouldBe(new SetBlock("draft", DraftText.Of(Draft)));
        proposal.Confidence.Value.ShouldBe(0.8);
    }

    [Fact]
    public void A_draft_with_a_fault_is_not() => Of(Vague, Draft with { Criteria = [] }).Proposals.ShouldBeEmpty();

    [Fact]
    public void One_that_stands_there_already_is_not() =>
        Of(Vague with { Blocks = new Dictionary<string, string> { ["draft"] = DraftText.Of(Draft) } }, Draft).Proposals.ShouldBeEmpty();

    [Fact]
    public void Names_of_people_and_other_items_are_taken_apart()
    {
        var text = ((SetBlock)Of(Vague, Draft with { Assumptions = ["@ada knows, see #77"] }).Proposals[0].Change).Markdown;

        text.ShouldNotContain("@ada");
        text.ShouldNotContain("#77");
    }

    [Fact]
    public void A_secret_goes_into_no_description() =>
        Of(Vague, Draft with { Assumptions = ["the key is ghp_0123456789abcdefghijABCDEFGHIJ012345"] }).Proposals.ShouldBeEmpty();

    [Fact]
    public void The_comment_says_that_the_draft_can_be_accepted_until_it_is()
    {
        var finding = Of(Vague, Draft) with { Consulted = [new Consultation("story", 1, "hash", "model", Consultation.Answered)] };

        Comment(finding, Vague).ShouldNotBeNull().ShouldContain("accepted by approving the decision");
        Comment(finding with { Proposals = [] }, Vague with { Blocks = new Dictionary<string, string> { ["draft"] = DraftText.Of(Draft) } }).ShouldBeNull();
    }

    private static string? Comment(Finding finding, WorkItem item)
    {
        var settings = new TriageSettings { Policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Suggest) } };
        var decision = settings.Policy.Decide(item.Ref, "hash", [finding], An.Instant);
        var folded = SuggestionComment.Fold(decision, [finding], item, An.Context(item).Backlog, settings, An.Instant);
        return folded.Changes.Where(c => c.Verdict == Verdict.Apply).Select(c => c.Change).OfType<AddComment>().SingleOrDefault()?.Markdown;
    }

    private static Finding Of(WorkItem item, StoryDraft draft) => StoryStep.Of(item, draft, [item.Title, item.Body], "A story");
}
