using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

/// <summary>One function for each line of the list of orchestrations. Names in attributes cannot be generic, so they are spelled out.</summary>
public sealed class Orchestrations(WorkflowRegistry registry)
{
    [Function("TriageItem")]
    public Task<JsonElement> TriageItem([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(context);

    [Function("CarryOut")]
    public Task<JsonElement> CarryOut([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(context);

    [Function("WaitForVeto")]
    public Task<JsonElement> WaitForVeto([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(context);

    [Function("SweepBacklog")]
    public Task<JsonElement> SweepBacklog([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(context);

    [Function("ReconcileBacklog")]
    public Task<JsonElement> ReconcileBacklog([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(context);

    private async Task<JsonElement> RunAsync(TaskOrchestrationContext durable)
    {
        using var context = new DurableContext(durable);
        return JsonElement.Parse(await registry.FindOrchestration(durable.Name)!.RunAsync(context, durable.GetInput<JsonElement>().Text()));
    }
}
