using Microsoft.Extensions.DependencyInjection;

namespace ServerlessBacklog.Workflow.Tests;

public sealed class WorkflowRegistryTests
{
    private static readonly ActivityRef<int, int> Doubles = new("Doubles", RetryPolicy.Default);
    private static readonly OrchestrationRef<int, string> Counts = new("Counts");

    private static readonly OrchestrationEntry Version1 = OrchestrationEntry.Of<CountsOnce, int, string>(Counts);
    private static readonly OrchestrationEntry Version2 = OrchestrationEntry.Of<CountsTwice, int, string>(Counts with { Version = 2 });
    private static readonly ActivityEntry Activity = ActivityEntry.Of<DoublesNumbers, int, int>(Doubles);

    [Fact]
    public void Each_version_is_found_under_its_full_name()
    {
        var registry = new WorkflowRegistry([Version1, Version2], [Activity]);

        registry.FindOrchestration("Counts").ShouldBeSameAs(Version1);
        registry.FindOrchestration("counts-2").ShouldBeSameAs(Version2);
        registry.FindOrchestration("Counts-3").ShouldBeNull();
        registry.Orchestrations.ShouldBe([Version1, Version2], ignoreOrder: true);
    }

    [Fact]
    public void An_activity_is_found_whatever_the_case()
    {
        var registry = new WorkflowRegistry([], [Activity]);

        registry.FindActivity("dOUBLES").ShouldBeSameAs(Activity);
        registry.FindActivity("Triples").ShouldBeNull();
        registry.Activities.ShouldBe([Activity]);
    }

    [Fact]
    public void A_name_is_listed_once_whatever_its_case()
    {
        var other = ActivityEntry.Of<DoublesNumbers, int, int>(Doubles with { Name = "DOUBLES" });

        var refusal = Should.Throw<ArgumentException>(() => new WorkflowRegistry([], [Activity, other]));

        refusal.Message.ShouldContain("DOUBLES");
    }

    [Fact]
    public void An_orchestration_is_listed_once_per_version() =>
        Should.Throw<ArgumentException>(() => new WorkflowRegistry([Version1, Version2, Version1], []))
            .Message.ShouldContain("Counts");

    [Fact]
    public void A_reference_prints_its_full_name()
    {
        $"{Counts}, {Counts with { Version = 2 }}, {Doubles}".ShouldBe("Counts, Counts-2, Doubles");
    }

    [Fact]
    public async Task An_entry_runs_its_activity_from_json_to_json()
    {
        await using var services = new ServiceCollection().AddScoped<DoublesNumbers>().BuildServiceProvider();

        (await Activity.RunAsync(services, "21", default)).ShouldBe("42");
    }

    [Fact]
    public async Task An_activity_that_is_no_service_is_named()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Activity.RunAsync(services, "21", default));

        refusal.Message.ShouldBe("The activity Doubles is listed but DoublesNumbers is not registered as a service.");
    }

    [Fact]
    public async Task An_input_of_another_kind_is_refused_by_name()
    {
        await using var services = new ServiceCollection().AddScoped<DoublesNumbers>().BuildServiceProvider();

        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => Activity.RunAsync(services, "\"x\"", default));

        refusal.Message.ShouldStartWith("The input of Doubles is no Int32: ");
    }

    [Fact]
    public void The_output_of_what_has_not_completed_is_asked_for_in_vain()
    {
        var state = new InstanceState("one", "Counts", InstanceStatus.Failed, default, default, Error: "No such project.");

        var refusal = Should.Throw<InvalidOperationException>(() => state.OutputAs<string>());

        refusal.Message.ShouldBe("one is Failed and has no output. No such project.");
    }

    [Theory]
    [InlineData(InstanceStatus.Pending, false)]
    [InlineData(InstanceStatus.Running, false)]
    [InlineData(InstanceStatus.Held, false)]
    [InlineData(InstanceStatus.Completed, true)]
    [InlineData(InstanceStatus.Failed, true)]
    [InlineData(InstanceStatus.Terminated, true)]
    public void An_instance_that_can_still_go_on_has_not_ended(InstanceStatus status, bool ended) =>
        new InstanceState("one", "Counts", status, default, default).HasEnded.ShouldBe(ended);

    private sealed class DoublesNumbers : IActivity<int, int>
    {
        public Task<int> RunAsync(int input, CancellationToken cancellation) => Task.FromResult(2 * input);
    }

    private sealed class CountsOnce : IOrchestration<int, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, int input) => Task.FromResult($"{input}");
    }

    private sealed class CountsTwice : IOrchestration<int, string>
    {
        public Task<string> RunAsync(IOrchestrationContext context, int input) => Task.FromResult($"{input}, {input}");
    }
}
