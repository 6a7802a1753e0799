using System.Text.Json;
using Microsoft.DurableTask;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions.Tests.Fakes;

/// <summary>Durable's context for one run: notes what is asked of it and answers when the test says so. Payloads pass through text, as in Durable.</summary>
internal sealed partial class FakeContext : TaskOrchestrationContext
{
    private readonly Dictionary<string, TaskCompletionSource<JsonElement>> waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(DateTime At, TaskCompletionSource Task)> timers = [];

    public override TaskName Name => "Sample";

    public override string InstanceId => "parent";

    public override DateTime CurrentUtcDateTime => Now;

    /// <summary>Without a kind, as a serializer may leave it.</summary>
    public DateTime Now { get; set; } = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Unspecified);

    public List<Call> Calls { get; } = [];

    public IReadOnlyList<DateTime> Timers => [.. timers.Select(t => t.At)];

    /// <summary>Durable lets no instance end while there are any.</summary>
    public int OpenTimers => timers.Count(t => !t.Task.Task.IsCompleted);

    public string? Status { get; private set; }

    public (string? Input, bool EventsKept)? Continued { get; private set; }

    public string? Input { get; init; }

    /// <summary>Answers activities and children; by default none ends.</summary>
    public Func<Call, Task<string>> Answer { get; set; } = _ => new TaskCompletionSource<string>().Task;

    public void Raise(string name, string json) => waits[name].TrySetResult(JsonElement.Parse(json));

    /// <summary>Lets the time of all timers come.</summary>
    public void Elapse()
    {
        foreach (var (at, task) in timers)
        {
            Now = at;
            task.TrySetResult();
        }
    }

    public override T GetInput<T>() => Input is null ? default! : Carried<T>(Input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Carried<TResult>(await Noted(name.Name, input, options));

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Carried<TResult>(await Noted(orchestratorName.Name, input, options));

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var timer = new TaskCompletionSource();
        timers.Add((fireAt, timer));
        cancellationToken.Register(() => timer.TrySetCanceled(cancellationToken));
        return timer.Task;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var wait = waits[eventName] = new TaskCompletionSource<JsonElement>();
        cancellationToken.Register(() => wait.TrySetCanceled(cancellationToken));
        return Carried<T>((await wait.Task).GetRawText());
    }

    public override void SetCustomStatus(object? customStatus) => Status = Text(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => Continued = (Text(newInput), preserveUnprocessedEvents);

    private Task<string> Noted(string name, object? input, TaskOptions? options)
    {
        Calls.Add(new Call(name, Text(input), options));
        return Answer(Calls[^1]);
    }

    private static string Text(object? value) => JsonSerializer.Serialize(value, WorkflowJson.Options);

    private static T Carried<T>(string json) => JsonSerializer.Deserialize<T>(json, WorkflowJson.Options)!;
}

/// <summary>An activity or child that was asked for, its input as JSON.</summary>
internal sealed record Call(string Name, string Input, TaskOptions? Options);
