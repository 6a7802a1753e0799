using System.Reflection;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Tests.Examination;

/// <summary>A store whose tail names nothing, as that of a process whose clock is hours off.</summary>
public class ForgetfulStore : DispatchProxy
{
    public IBacklogStore Inner { get; init; } = null!;

    public IBacklogStore Proxy()
    {
        var proxy = Create<IBacklogStore, ForgetfulStore>();
        ((ForgetfulStore)(object)proxy).inner = Inner;
        return proxy;
    }

    private IBacklogStore inner = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IBacklogStore.TailAsync)
        ? Task.FromResult(new ItemTail(new Dictionary<WorkItemRef, string?>(), "0"))
        : targetMethod.Invoke(inner, args);
}
