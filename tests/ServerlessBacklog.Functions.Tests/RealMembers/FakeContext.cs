using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>Members that the real type wants and the shell does not use.</summary>
internal sealed partial class FakeContext
{
    public override ParentOrchestrationInstance? Parent => null;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
