using Microsoft.Extensions.DependencyInjection;
using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow;

/// <summary>The program that the contract tests run: all its orchestrations and activities.</summary>
public static class WorkflowCode
{
    private static readonly ActivityEntry[] Activities =
    [
        ActivityEntry.Of<Echo, string, string>(Echo.Ref),
        ActivityEntry.Of<FailsUntil, Unreliable, int>(FailsUntil.Ref),
        ActivityEntry.Of<Blocks, string, string>(Blocks.Ref),
        ActivityEntry.Of<Writes, int, string>(Writes.Ref),
    ];

    /// <summary>Version 1 of everything.</summary>
    private static readonly OrchestrationEntry[] Orchestrations =
    [
        OrchestrationEntry.Of<CallsOnce, string, string>(CallsOnce.Ref),
        OrchestrationEntry.Of<FansOut, int, string[]>(FansOut.Ref),
        OrchestrationEntry.Of<TakesTheFirst, string, string>(TakesTheFirst.Ref),
        OrchestrationEntry.Of<RemembersTheFirst, int, string>(RemembersTheFirst.Ref),
        OrchestrationEntry.Of<CallsBlocking, string, string>(CallsBlocking.Ref),
        OrchestrationEntry.Of<CallsUnreliable, Unreliable, int>(CallsUnreliable.Ref),
        OrchestrationEntry.Of<ToleratesFailures, Unreliable[], string[]>(ToleratesFailures.Ref),
        OrchestrationEntry.Of<CallsMisnamed, string, string>(CallsMisnamed.Ref),
        OrchestrationEntry.Of<Throws, string, string>(Throws.Ref),
        OrchestrationEntry.Of<AsksOnce, Ask, string>(AsksOnce.Ref),
        OrchestrationEntry.Of<AsksInTurn, Asks, string[]>(AsksInTurn.Ref),
        OrchestrationEntry.Of<AsksAgain, Ask, string>(AsksAgain.Ref),
        OrchestrationEntry.Of<AsksAtOnce, string[], string>(AsksAtOnce.Ref),
        OrchestrationEntry.Of<AsksForApproval, Revision, string>(AsksForApproval.Ref),
        OrchestrationEntry.Of<Sleeps, TimeSpan, DateTimeOffset>(Sleeps.Ref),
        OrchestrationEntry.Of<TellsTheTime, string, DateTimeOffset[]>(TellsTheTime.Ref),
        OrchestrationEntry.Of<ShowsStatus, string[], string>(ShowsStatus.Ref),
        OrchestrationEntry.Of<RunsChildren, Family, string[]>(RunsChildren.Ref),
        OrchestrationEntry.Of<RunsChildrenInTurn, Family, string[]>(RunsChildrenInTurn.Ref),
        OrchestrationEntry.Of<SaysItsId, string, string>(SaysItsId.Ref),
        OrchestrationEntry.Of<ToleratesChildFailure, string, string>(ToleratesChildFailure.Ref),
        OrchestrationEntry.Of<FailsWithChild, string, string>(FailsWithChild.Ref),
        OrchestrationEntry.Of<ThrowsOnAnswer, string, string>(ThrowsOnAnswer.Ref),
        OrchestrationEntry.Of<LeavesChildBehind, int, string>(LeavesChildBehind.Ref),
        OrchestrationEntry.Of<AnswersForGeneration, int, string>(AnswersForGeneration.Ref),
        OrchestrationEntry.Of<CountsDown, int, string>(CountsDown.Ref),
        OrchestrationEntry.Of<Collects, Collected, string[]>(Collects.Ref),
        OrchestrationEntry.Of<LeavesWorkBehind, int, string>(LeavesWorkBehind.Ref),
        OrchestrationEntry.Of<CarriesText, LongText, string>(CarriesText.Ref),
        OrchestrationEntry.Of<Returns, string, string>(Returns.Ref),
        OrchestrationEntry.Of<WalksThrough, Leg, string[]>(WalksThrough.Ref),
        OrchestrationEntry.Of<Greets, string, string>(Greets.Ref),
    ];

    public static WorkflowRegistry All { get; } = new(Orchestrations, Activities);

    /// <summary>All, and further orchestrations.</summary>
    public static WorkflowRegistry With(params OrchestrationEntry[] more) => new([.. Orchestrations, .. more], Activities);

    /// <summary>All but one orchestration, and further ones.</summary>
    public static WorkflowRegistry Without(string name, params OrchestrationEntry[] more) =>
        new([.. Orchestrations.Where(o => o.Name != name), .. more], Activities);

    public static ServiceProvider Services(Executions executions)
    {
        var services = new ServiceCollection().AddSingleton(executions).AddScoped<ScopeMark>();
        foreach (var activity in Activities)
            services.AddScoped(activity.Type);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
