using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions;

/// <summary>One function for each line of the list of activities. The services of an invocation are those of one attempt.</summary>
public sealed class Activities(WorkflowRegistry registry)
{
    [Function("PlanSweep")]
    public Task<JsonElement> PlanSweep([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("ExaminePage")]
    public Task<JsonElement> ExaminePage([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("FinishSweep")]
    public Task<JsonElement> FinishSweep([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("PullChanges")]
    public Task<JsonElement> PullChanges([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("FindMissing")]
    public Task<JsonElement> FindMissing([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("PlanItem")]
    public Task<JsonElement> PlanItem([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("RunStep")]
    public Task<JsonElement> RunStep([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("RecordDecision")]
    public Task<JsonElement> RecordDecision([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("ApplyDecision")]
    public Task<JsonElement> ApplyDecision([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("RecordOutcome")]
    public Task<JsonElement> RecordOutcome([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    [Function("LookAtWait")]
    public Task<JsonElement> LookAtWait([ActivityTrigger] JsonElement input, FunctionContext context) => RunAsync(input, context);

    private async Task<JsonElement> RunAsync(JsonElement input, FunctionContext context, [CallerMemberName] string name = "") =>
        JsonElement.Parse(await registry.FindActivity(name)!.RunAsync(context.InstanceServices, input.Text(), context.CancellationToken));
}
