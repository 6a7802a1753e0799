using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Examination;

public class StepRunnerTests
{
    private static readonly WorkItem[] Page = [An.Item(1), An.Item(2), An.Item(3)];

    [Fact]
    public async Task A_poisoned_item_costs_its_own_finding_and_no_other()
    {
        var outcome = await Run(new FakeStep { Look = item => item.Ref.Number == "2" ? throw new InvalidDataException("poison") : "fine" });

        outcome.Findings.Select(f => f.Item.Number).ShouldBe(["1", "3"]);
        outcome.Failures.ShouldBe([new StepFailure("fake", An.Ref(2), "poison")]);
    }

    [Fact]
    public async Task A_step_that_runs_into_a_timeout_of_its_own_has_failed()
    {
        var outcome = await Run(new FakeStep { Look = item => item.Ref.Number == "2" ? throw new TaskCanceledException("timed out") : "fine" });

        outcome.Findings.Count.ShouldBe(2);
        outcome.Failures.ShouldHaveSingleItem().Item.ShouldBe(An.Ref(2));
    }

    [Fact]
    public async Task Cancelling_is_no_failure_of_the_step()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Run(new FakeStep(), source.Token));
    }

    private static Task<StepOutcome> Run(ITriageStep step, CancellationToken cancellation = default) =>
        new StepRunner(NullLogger<StepRunner>.Instance).RunAsync(step, Page, An.Context(Page), cancellation);
}
