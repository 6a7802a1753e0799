using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Tests.Comments;

public sealed class ConversationTests
{
    [Fact]
    public void Nothing_asked_is_no_conversation() => Of([], []).ShouldBe(Conversation.None);

    [Fact]
    public void Questions_that_change_before_anybody_replies_are_one_round() => Of([1, 2, 3], [4]).ShouldBe(new Conversation(1, HasReply: true));

    [Fact]
    public void A_question_after_a_reply_is_another_round() => Of([1, 3], [2]).ShouldBe(new Conversation(2, HasReply: false));

    [Fact]
    public void After_two_rounds_and_their_replies_it_is_over()
    {
        Of([1, 3], [2, 4]).IsOver.ShouldBeTrue();
        Of([1, 3], [2]).IsOver.ShouldBeFalse();
        Of([1], [2]).IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Bots_and_our_own_comment_are_no_reply() => Of([1, 3], [2], new Person("ci[bot]", IsBot: true)).ShouldBe(new Conversation(1, HasReply: false));

    [Fact]
    public void A_comment_that_was_not_written_has_asked_nobody()
    {
        var decision = Asking(1);
        var outcome = Written(decision, 1) with { Changes = [new ChangeOutcome("k", new AddComment("?"), ChangeState.NotApplied, "writing is switched off")] };

        Conversation.Of(An.Item(1), [decision], [outcome]).ShouldBe(Conversation.None);
    }

    private static Conversation Of(int[] asked, int[] replies, Person? by = null)
    {
        var decisions = asked.Select(Asking).ToList();
        var item = An.Item(1) with
        {
            History = new WorkItemHistory { IsKnown = true, Comments = [.. replies.Select(h => new WorkItemComment(by ?? new Person("ada"), An.Instant.AddHours(h), "An answer."))] },
        };
        return Conversation.Of(item, decisions, [.. decisions.Zip(asked, Written)]);
    }

    private static Decision Asking(int hour) => new()
    {
        Id = $"d{hour}",
        Item = An.Ref(1),
        ItemHash = "",
        PolicyVersion = "",
        DecidedAt = An.Instant.AddHours(hour),
        Verdict = Verdict.Apply,
        Reason = "",
        Questions = ["Which version?"],
    };

    private static DecisionOutcome Written(Decision decision, int hour) => new()
    {
        Decision = decision.Id,
        Item = decision.Item,
        State = OutcomeState.Applied,
        At = An.Instant.AddHours(hour),
        Changes = [new ChangeOutcome("k", new AddComment("Which version?"), ChangeState.Applied)],
    };
}
