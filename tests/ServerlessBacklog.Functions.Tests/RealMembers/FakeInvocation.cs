using Microsoft.Azure.Functions.Worker;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>Members that the real type wants and the shell does not use.</summary>
internal sealed partial class FakeInvocation
{
    public override string InvocationId => "1";

    public override string FunctionId => "1";

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => throw new NotSupportedException();
}
