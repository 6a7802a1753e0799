namespace ServerlessBacklog.Workflow.Tests;

public sealed class OrchestrationRulesTests
{
    private readonly OrchestrationRules rules = new();

    [Theory]
    [InlineData("a")]
    [InlineData("github:owner~repo:12")]
    [InlineData("Größe, 100 %")]
    [InlineData("a@b")]
    public void An_id_that_every_runtime_takes_is_accepted(string id) => OrchestrationRules.CheckId(id);

    [Theory]
    [InlineData("")]
    [InlineData("@a")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a|b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public void An_id_that_some_runtime_cannot_take_is_refused(string id) =>
        Should.Throw<ArgumentException>(() => OrchestrationRules.CheckId(id)).Message.ShouldContain($"'{id}'");

    [Fact]
    public void An_id_has_at_most_256_characters()
    {
        OrchestrationRules.CheckId(new string('x', 256));

        Should.Throw<ArgumentException>(() => OrchestrationRules.CheckId(new string('x', 257)));
    }

    [Fact]
    public void Waits_for_different_names_may_be_open_at_once()
    {
        rules.BeginWait("approval");
        rules.BeginWait("superseded");

        Should.Throw<InvalidOperationException>(() => rules.BeginWait("superseded"));
    }

    [Fact]
    public void A_second_wait_for_an_open_name_is_refused_whatever_its_case()
    {
        rules.BeginWait("approval:A");

        var refusal = Should.Throw<InvalidOperationException>(() => rules.BeginWait("Approval:a"));

        refusal.Message.ShouldContain("One waiter per name");
    }

    [Fact]
    public void A_name_whose_event_came_may_be_waited_for_again()
    {
        rules.BeginWait("approval");
        rules.EndWait("APPROVAL", inTime: true);

        rules.BeginWait("approval");

        Should.Throw<InvalidOperationException>(() => rules.BeginWait("approval"));
    }

    [Fact]
    public void A_name_that_timed_out_is_never_waited_for_again_whatever_its_case()
    {
        rules.BeginWait("approval");
        rules.EndWait("approval", inTime: false);

        var refusal = Should.Throw<InvalidOperationException>(() => rules.BeginWait("APPROVAL"));

        refusal.Message.ShouldContain("has timed out");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_event_has_a_name(string name) => Should.Throw<ArgumentException>(() => rules.BeginWait(name));

    [Fact]
    public void A_childs_id_is_its_parents_and_its_key() => rules.BeginChild("one", "page-2").ShouldBe("one|page-2");

    [Fact]
    public void A_key_is_taken_until_its_child_has_ended()
    {
        rules.BeginChild("one", "a");

        Should.Throw<InvalidOperationException>(() => rules.BeginChild("one", "a")).Message.ShouldContain("'a'");
        rules.EndChild("a");
        rules.BeginChild("one", "a").ShouldBe("one|a");
    }

    [Fact]
    public void The_end_of_one_child_frees_no_other_key()
    {
        rules.BeginChild("one", "a");
        rules.BeginChild("one", "b");

        rules.EndChild("a");

        Should.Throw<InvalidOperationException>(() => rules.BeginChild("one", "b"));
    }

    [Fact]
    public void The_end_of_one_wait_frees_no_other_name()
    {
        rules.BeginWait("approval");
        rules.BeginWait("superseded");

        rules.EndWait("approval", inTime: true);

        Should.Throw<InvalidOperationException>(() => rules.BeginWait("superseded"));
    }

    [Fact]
    public void The_case_of_a_key_matters()
    {
        rules.BeginChild("one", "a");

        rules.BeginChild("one", "A").ShouldBe("one|A");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a|b")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public void A_key_that_some_runtime_cannot_take_is_refused(string key) =>
        Should.Throw<ArgumentException>(() => rules.BeginChild("one", key)).Message.ShouldContain("A child's key has no");

    [Fact]
    public void A_refused_key_is_not_taken()
    {
        var parent = new string('x', OrchestrationRules.MaxId - 2);
        Should.Throw<ArgumentException>(() => rules.BeginChild(parent, "ab")).Message.ShouldContain("Choose a shorter key");

        rules.BeginChild(parent, "a").Length.ShouldBe(OrchestrationRules.MaxId);
        rules.BeginChild("one", "ab").ShouldBe("one|ab");
    }
}
