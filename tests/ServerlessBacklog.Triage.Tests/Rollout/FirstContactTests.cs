using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Rollout;

namespace ServerlessBacklog.Triage.Tests.Rollout;

public class FirstContactTests
{
    private const string Backlog = "owner/repo";

    private readonly InMemoryBacklogStore store = new();

    private FirstContact Contacts => new(store);

    [Fact]
    public async Task A_person_is_told_on_the_first_item_and_on_no_other()
    {
        (await Contacts.IsDueAsync(Backlog, Item(1), default)).ShouldBeTrue();
        await SayAsync(1);

        (await Contacts.IsDueAsync(Backlog, Item(2), default)).ShouldBeFalse();
        (await Contacts.IsDueAsync(Backlog, Item(3, "grace"), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_comment_that_tells_keeps_telling_when_it_is_edited()
    {
        await SayAsync(1);

        (await Contacts.IsDueAsync(Backlog, Item(1), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_never_written_told_nobody()
    {
        await SayAsync(1, ChangeState.NotApplied);

        (await Contacts.IsDueAsync(Backlog, Item(2), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_decision_that_says_nothing_is_not_remembered()
    {
        await Contacts.RememberAsync(Backlog, Item(1), Decision(1, new AddLabel(new Label("bug"))), default);
        await store.SaveOutcomeAsync(Backlog, Outcome(1, ChangeState.Applied), default);

        (await Contacts.IsDueAsync(Backlog, Item(2), default)).ShouldBeTrue();
    }

    [Fact]
    public async Task Programs_and_nobody_are_told_nothing()
    {
        (await Contacts.IsDueAsync(Backlog, An.Item(1), default)).ShouldBeFalse();
        (await Contacts.IsDueAsync(Backlog, An.Item(1) with { Reporter = new Person("robot", IsBot: true) }, default)).ShouldBeFalse();
    }

    [Fact]
    public void The_paragraph_passes_as_it_is_and_names_how_to_say_no()
    {
        var comment = new ItemComment { Item = An.Ref(1), Summary = "a note", Because = "this item is new", Paragraphs = ["A note.", FirstContact.Explanation] };

        comment.Render().Text.ShouldNotBeNull().ShouldContain(FirstContact.Explanation);
        FirstContact.Explanation.ShouldContain("/backlog object because");
    }

    private async Task SayAsync(int number, ChangeState state = ChangeState.Applied)
    {
        await Contacts.RememberAsync(Backlog, Item(number), Decision(number, new AddComment("Hello")), default);
        await store.SaveOutcomeAsync(Backlog, Outcome(number, state), default);
    }

    private static WorkItem Item(int number, string reporter = "Ada") => An.Item(number) with { Reporter = new Person(reporter) };

    private static Decision Decision(int number, Change change) => new()
    {
        Id = $"d{number}", Item = An.Ref(number), ItemHash = "h", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Apply, Reason = "r",
        Changes = [new DecidedChange(change, change is AddComment ? SuggestionComment.Step : "type", Confidence.Certain, Verdict.Apply, Verdict.Apply, "w")],
    };

    private static DecisionOutcome Outcome(int number, ChangeState state) => new()
    {
        Decision = $"d{number}", Item = An.Ref(number), State = OutcomeState.Applied, At = An.Instant, Changes = [new ChangeOutcome($"k{number}", new AddComment("Hello"), state)],
    };
}
