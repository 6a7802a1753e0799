namespace ServerlessBacklog.Workflow;

/// <summary>
/// Code that survives crashes: it is run again from the top after every wake, with the recorded answers of what it called, and must make
/// the same calls each time. So it has no clock, no chance, no I/O and no constructor dependencies: all it knows comes from its input
/// and its <see cref="IOrchestrationContext"/>. It lives in a file that ends in <c>.orchestration.cs</c>, where the compiler refuses the rest.
/// </summary>
public interface IOrchestration<in TIn, TOut>
{
    Task<TOut> RunAsync(IOrchestrationContext context, TIn input);
}

/// <summary>
/// Names an orchestration and says what it takes and returns. One that changes its sequence of calls gets a new version: instances that
/// are in flight finish on the code of theirs, which stays in the list until none is left.
/// </summary>
public sealed record OrchestrationRef<TIn, TOut>(string Name, int Version = 1)
{
    /// <summary>The name under which both runtimes know it: <c>TriageItem</c>, later <c>TriageItem-2</c>.</summary>
    public string FullName => Version == 1 ? Name : $"{Name}-{Version}";

    public override string ToString() => FullName;
}

/// <summary>One line of the list of orchestrations: how a runtime runs it, inputs and outputs as JSON.</summary>
public abstract class OrchestrationEntry(string name, Type type)
{
    public string Name => name;

    public Type Type => type;

    /// <returns>The output as JSON (<see cref="WorkflowJson"/>).</returns>
    public abstract Task<string> RunAsync(IOrchestrationContext context, string input);

    public static OrchestrationEntry Of<T, TIn, TOut>(OrchestrationRef<TIn, TOut> reference)
        where T : IOrchestration<TIn, TOut>, new() =>
        new Typed<T, TIn, TOut>(reference.FullName);

    private sealed class Typed<T, TIn, TOut>(string name) : OrchestrationEntry(name, typeof(T))
        where T : IOrchestration<TIn, TOut>, new()
    {
        public override async Task<string> RunAsync(IOrchestrationContext context, string input)
        {
            try
            {
                return WorkflowJson.Write(await new T().RunAsync(context, WorkflowJson.Read<TIn>(input, $"input of {Name}")), $"output of {Name}");
            }
            catch (Exception)
            {
                // A replay comes here only where the instance ends: counted once, or twice when a host dies before it has recorded the end.
                WorkflowMetrics.Failed(Name);
                throw;
            }
        }
    }
}
