using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class FieldStepTests
{
    private static readonly string[] Things = ["table", "report", "invoice", "mail", "profile", "calendar", "picture", "folder"];

    /// <summary>40 crashes in printing, 40 wishes for search.</summary>
    private static List<WorkItem> History() =>
    [
        .. Enumerable.Range(0, 40).Select(i => An.Item($"b{i}", $"Printer crashes on {Things[i % 8]} {i}", "Exception while printing the page") with { Type = "Bug", Areas = ["Printing"] }),
        .. Enumerable.Range(0, 40).Select(i => An.Item($"f{i}", $"Allow filter for {Things[i % 8]} {i}", "Please support a search option") with { Type = "Feature", Areas = ["Search"] }),
    ];

    private static readonly WorkItem Untyped = An.Item("new", "Printer crashes on margin", "Exception while printing");

    [Fact]
    public void Type_and_area_are_proposed_in_the_backlogs_own_words()
    {
        var context = An.Context([.. History(), Untyped]);

        var type = new TypeStep().Examine(Untyped, context);
        var area = new AreaStep().Examine(Untyped, context);

        type.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new SetField(WorkItemField.Type, "Bug"));
        area.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new SetField(WorkItemField.Area, "Printing"));
        type.Evidence[0].Text.ShouldStartWith("words that speak for Bug: ");
        type.Evidence.Skip(1).Sum(e => e.Value!.Value).ShouldBe(1, 0.001);
    }

    [Fact]
    public void Backlog_without_a_type_field_gets_its_own_label()
    {
        var history = History().Select(i => i with { Type = null, Labels = [new Label(i.Type == "Bug" ? "kind/bug" : "kind/feature")] });

        var finding = new TypeStep().Examine(Untyped, An.Context([.. history, Untyped]));

        finding.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new AddLabel(new Label("kind/bug")));
    }

    [Fact]
    public void What_people_chose_is_never_overwritten()
    {
        var mislabelled = Untyped with { Type = "Feature" };
        var agreed = Untyped with { Type = "Bug" };

        new TypeStep().Examine(mislabelled, An.Context([.. History(), mislabelled])).Proposals.ShouldBeEmpty();
        new TypeStep().Examine(agreed, An.Context([.. History(), agreed])).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    [Fact]
    public void Item_is_judged_by_a_model_that_never_saw_it()
    {
        var odd = An.Item("odd", "Zebra", "Quagga okapi") with { Type = "Feature" };
        var context = An.Context([.. History(), odd]);

        var prediction = context.Backlog.Model(TypeModel.Build).Reader.Predict(odd)!;

        prediction.Probability.ShouldBeLessThan(0.9);
    }

    [Fact]
    public void Unfamiliar_item_is_left_to_the_triage_queue_or_answered_without_certainty()
    {
        var strange = An.Item("s", "Zebra", "Quagga okapi");

        var finding = new AreaStep().Examine(strange, An.Context([.. History(), strange]));

        finding.Confidence.Value.ShouldBeLessThan(0.9);
    }

    [Fact]
    public void Without_history_words_alone_propose_a_type_below_every_threshold()
    {
        var finding = new TypeStep().Examine(Untyped, An.Context(Untyped));

        var proposal = finding.Proposals.ShouldHaveSingleItem();
        proposal.Change.ShouldBe(new SetField(WorkItemField.Type, "bug"));
        proposal.Confidence.Value.ShouldBeLessThan(DecisionPolicy.Default.For(StepName.Type).AskAt);
    }

    [Fact]
    public void Without_history_the_area_is_not_guessed() =>
        new AreaStep().Examine(Untyped, An.Context(Untyped)).Status.ShouldBe(FindingStatus.NotYet);

    [Fact]
    public void Same_backlog_gives_the_same_finding()
    {
        List<WorkItem> items = [.. History(), Untyped];

        var one = new TypeStep().Examine(Untyped, An.Context(items));
        var other = new TypeStep().Examine(Untyped, An.Context(Enumerable.Reverse(items)));

        other.Confidence.ShouldBe(one.Confidence);
        other.Evidence.ShouldBe(one.Evidence);
    }
}
