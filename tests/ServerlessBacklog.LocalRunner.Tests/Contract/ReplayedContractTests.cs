using ServerlessBacklog.Testing.Workflow;
using ServerlessBacklog.Testing.Workflow.Contracts;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests.Contract;

// Without any state kept between two wakes, every wake is a replay.

public sealed class ReplayedCallTests : CallContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedEventTests : EventContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedTimerTests : TimerContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedChildTests : ChildContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedStartTests : StartContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedFailureTests : FailureContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedContinueAsNewTests : ContinueAsNewContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class ReplayedVersionTests : VersionContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0);
}

public sealed class FineGrainedCrashTests : CrashContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services, residents: 0, maxGroup: 1);
}
