using ServerlessBacklog.Analysis.Scoring;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Priorities;

/// <summary>The scoring frameworks by the name that settings use.</summary>
public static class Frameworks
{
    public static Framework Of(PriorityFramework name) => name switch
    {
        PriorityFramework.Wsjf => Wsjf.Framework,
        PriorityFramework.Rice => Rice.Framework,
        PriorityFramework.Ice => Ice.Framework,
        PriorityFramework.Moscow => Moscow.Framework,
        PriorityFramework.ValueEffort => ValueEffort.Framework,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such framework."),
    };
}
