using Microsoft.Azure.Functions.Worker;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>One call of a function.</summary>
internal sealed partial class FakeInvocation : FunctionContext
{
    public override required IServiceProvider InstanceServices { get; set; }
}
