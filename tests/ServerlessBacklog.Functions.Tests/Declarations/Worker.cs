// What the shell uses of Microsoft.Azure.Functions.Worker.Core and the trigger packages, by their public signatures. Test-only.
namespace Microsoft.Azure.Functions.Worker;

[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : Attribute
{
    public string? Orchestration { get; set; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : Attribute
{
    public string? Activity { get; set; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : Attribute
{
    public string? TaskHub { get; set; }

    public string? ConnectionName { get; set; }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;
}

public sealed class TimerInfo
{
    public bool IsPastDue { get; set; }
}

public abstract class FunctionContext
{
    public abstract IServiceProvider InstanceServices { get; set; }

    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}
