using ServerlessBacklog.Testing.Workflow;
using ServerlessBacklog.Testing.Workflow.Contracts;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests.Contract;

public sealed class CallTests : CallContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class EventTests : EventContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class TimerTests : TimerContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class ChildTests : ChildContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class StartTests : StartContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class FailureTests : FailureContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class ContinueAsNewTests : ContinueAsNewContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class PayloadTests : PayloadContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class VersionTests : VersionContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}

public sealed class CrashTests : CrashContract
{
    protected override WorkflowDriver CreateDriver(WorkflowRegistry code, IServiceProvider services) => new LocalRunnerDriver(code, services);
}
