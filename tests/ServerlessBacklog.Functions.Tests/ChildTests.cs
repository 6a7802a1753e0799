using Microsoft.DurableTask;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions.Tests;

public class ChildTests
{
    private static readonly OrchestrationRef<Page, Page> Sort = new("Sort", Version: 2);

    private readonly FakeContext durable = new();

    private DurableContext Context => field ??= new DurableContext(durable);

    [Fact]
    public async Task A_child_runs_under_its_parents_id_and_its_key()
    {
        durable.Answer = call => Task.FromResult(call.Input);

        var output = await Context.ChildAsync(Sort, "page-3", new Page(3));

        output.ShouldBe(new Page(3));
        durable.Calls.Single().Name.ShouldBe("Sort-2");
        durable.Calls.Single().Options.ShouldBeOfType<SubOrchestrationOptions>().InstanceId.ShouldBe("parent|page-3");
    }

    [Fact]
    public async Task A_key_is_taken_while_its_child_runs()
    {
        _ = Context.ChildAsync(Sort, "page-3", new Page(3));

        await Should.ThrowAsync<InvalidOperationException>(() => Context.ChildAsync(Sort, "page-3", new Page(3)));

        durable.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("out of paper", "The child parent|page-3 failed: out of paper")]
    [InlineData(null, "The child parent|page-3 failed: ")]
    public async Task A_child_that_failed_says_why_and_frees_its_key(string? reason, string message)
    {
        durable.Answer = _ => throw DurableContextTests.Failed(reason);
        var failure = await Should.ThrowAsync<ChildFailedException>(() => Context.ChildAsync(Sort, "page-3", new Page(3)));
        durable.Answer = call => Task.FromResult(call.Input);

        var again = await Context.ChildAsync(Sort, "page-3", new Page(4));

        failure.Message.ShouldStartWith(message);
        again.ShouldBe(new Page(4));
    }

    [Fact]
    public async Task An_output_that_cannot_be_read_fails_the_child()
    {
        durable.Answer = _ => Task.FromResult("[]");

        var failure = await Should.ThrowAsync<ChildFailedException>(() => Context.ChildAsync(Sort, "page-3", new Page(3)));

        failure.Message.ShouldContain("output of Sort-2");
    }

    internal sealed record Page(int Number);
}
