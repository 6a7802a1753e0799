using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Comments;

public sealed class SuggestionCommentTests
{
    private static readonly WorkItem New = An.Item(1, "It crashes") with { CreatedAt = An.Instant.AddHours(-1) };

    private static readonly TriageSettings Suggesting = new()
    {
        Policy = DecisionPolicy.Default with { Steps = new Dictionary<string, StepPolicy>(), Fallback = new StepPolicy(Autonomy.Suggest) },
    };

    private static readonly Finding Vague = new()
    {
        Step = StepName.Clarity,
        Item = New.Ref,
        Status = FindingStatus.Decided,
        Reason = "Hard to start on.",
        Evidence = [new Evidence(EvidenceKind.Question, "Which version is it?")],
        Proposals = [new Proposal(new AddComment("Which version is it?"), new Confidence(0.9))],
    };

    private static Decision Fold(string? spoken, params Finding[] findings) => SuggestionComment.Fold(
        Suggesting.Policy.Decide(New.Ref, "content", findings, An.Instant), findings, New, BacklogSnapshot.Build([New]), Suggesting, An.Instant, spoken);

    private static AddComment? Said(Decision decision) =>
        decision.Changes.Where(c => c.Verdict == Verdict.Apply).Select(c => c.Change).OfType<AddComment>().SingleOrDefault();

    [Fact]
    public void A_question_becomes_the_one_comment_and_the_reason_says_that_it_is_made()
    {
        var decision = Fold(null, Vague);

        Said(decision)!.Markdown.ShouldContain("Which version is it?");
        decision.Reason.ShouldBe("apply: comment.");
    }

    [Fact]
    public void A_comment_whose_questions_are_answered_says_so()
    {
        var asked = Said(Fold(null, Vague))!.Markdown;

        var settled = Said(Fold(asked))!.Markdown;

        settled.ShouldContain("settled");
        settled.ShouldNotContain("Which version is it?");
        Said(Fold(settled)).ShouldBeNull("it says so already");
    }

    [Fact]
    public void What_the_comment_says_already_is_not_written_again() =>
        Said(Fold(Said(Fold(null, Vague))!.Markdown, Vague)).ShouldBeNull();

    [Fact]
    public void Where_nothing_was_said_and_nothing_is_to_be_said_no_comment_is_made() =>
        Fold(null).Changes.ShouldBeEmpty();
}
