using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Replaying;

/// <summary>
/// One generation of one instance, as far as it has been told its history. Told again from the start, the same code makes the same calls;
/// those that the history does not have yet are new.
/// </summary>
internal sealed class Replay(OrchestrationEntry entry, string id, int generation) : IOrchestrationContext
{
    private const string Advice =
        "Start the program that began it, or give the changed code a new version and keep the old one in the list; or terminate the instance.";

    private const string Foreign =
        "The orchestration awaits something that is not of its context (Task.Delay, Task.Run, ConfigureAwait(false), a lock …), so it would never go on. Await only tasks of the context, plainly, and start the corrected program.";

    private readonly ReplayThread thread = new();
    private readonly OrchestrationRules rules = new();
    private readonly List<Call> calls = [];
    private readonly Dictionary<int, Action<Event>> open = [];
    private readonly Dictionary<string, Action<Event>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<Event>> early = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> closedWaits = [];
    private Task<string>? run;
    private long now;
    private int recorded;
    private string? changed;

    public string InstanceId => id;

    public int Generation => generation;

    public DateTimeOffset UtcNow => new(now, TimeSpan.Zero);

    /// <summary>Number of the last event that it was told.</summary>
    public long Told { get; private set; }

    /// <summary>Calls that are not in the history yet.</summary>
    public IEnumerable<Call> NewCalls => calls.Skip(recorded);

    /// <summary>Waits that ended since the last commit, some of them before they were recorded.</summary>
    public IReadOnlySet<int> ClosedWaits => closedWaits;

    public string? Status { get; private set; }

    /// <summary>Input of the next generation; null unless the orchestration asked for one.</summary>
    public string? Next { get; private set; }

    public bool IsOver => run is { IsCompleted: true };

    public string? Output => run is { IsCompletedSuccessfully: true } ? run.Result : null;

    public Exception? Failure => run?.Exception?.InnerException ?? (run is { IsCanceled: true } ? new TaskCanceledException(run) : null);

    /// <summary>An activity or child is under way, so that the instance goes on soon.</summary>
    public bool IsBusy => open.Keys.Any(number => calls[number].Kind is EventKind.CalledActivity or EventKind.CalledChild);

    /// <summary>Why this program cannot go on with the instance, and what to do; null when it can.</summary>
    public string? Obstacle =>
        changed ?? (!IsOver && (thread.SawForeign || (open.Count == 0 && waiters.Count == 0)) ? Foreign : null);

    /// <summary>Events that nobody has waited for, oldest first.</summary>
    public IEnumerable<Event> Unclaimed => early.Values.SelectMany(q => q).OrderBy(e => e.No);

    public void Tell(IReadOnlyList<Event> events)
    {
        foreach (var e in events)
        {
            if (e.IsCall)
                Compare(e);
            else
                Deliver(e);
            if (changed is not null)
                return;
            Told = e.No;
        }
    }

    /// <summary>What it called is in the history now, up to this number.</summary>
    public void Recorded(long told)
    {
        recorded = calls.Count;
        closedWaits.Clear();
        Told = told;
    }

    public Task<TOut> CallAsync<TIn, TOut>(ActivityRef<TIn, TOut> activity, TIn input)
    {
        thread.Check();
        var json = WorkflowJson.Write(input, $"input of {activity}");
        var result = new TaskCompletionSource<TOut>();
        Make(
            new Call(calls.Count, EventKind.CalledActivity, activity.Name) { Input = json, Retry = activity.Retry },
            e =>
            {
                if (e.Kind == EventKind.ActivityFailed)
                    result.SetException(ActivityFailedException.Of(activity.Name, e.Data!));
                else
                    Answer(result, e.Data!, $"result of {activity}", fault => ActivityFailedException.Of(activity.Name, fault.Message, fault));
            });
        return result.Task;
    }

    public Task<TOut> ChildAsync<TIn, TOut>(OrchestrationRef<TIn, TOut> orchestration, string key, TIn input)
    {
        thread.Check();
        var json = WorkflowJson.Write(input, $"input of {orchestration}");
        var child = rules.BeginChild(id, key);
        var result = new TaskCompletionSource<TOut>();
        Make(
            new Call(calls.Count, EventKind.CalledChild, orchestration.FullName) { Input = json, ChildId = child },
            e =>
            {
                rules.EndChild(key);
                if (e.Kind == EventKind.ChildFailed)
                    result.SetException(ChildFailedException.Of(child, e.Data!));
                else
                    Answer(result, e.Data!, $"output of {child}", fault => ChildFailedException.Of(child, fault.Message, fault));
            });
        return result.Task;
    }

    public Task<T?> WaitForEventAsync<T>(string name, TimeSpan? timeout = null)
        where T : class
    {
        thread.Check();
        rules.BeginWait(name);
        var result = new TaskCompletionSource<T?>();
        var number = calls.Count;
        var due = timeout is { } patience ? Later(patience) : (long?)null;
        calls.Add(new Call(number, EventKind.WaitedForEvent, name) { Due = due });
        if (early.TryGetValue(name, out var kept) && kept.TryDequeue(out var e))
        {
            Take(e);
            return result.Task;
        }

        waiters.Add(name, Take);
        if (due is not null)
            open.Add(number, _ => End(inTime: false, () => result.SetResult(null)));
        return result.Task;

        void Take(Event raised) => End(inTime: true, () => Answer(result!, raised.Data!, $"event {name}", fault => fault));

        void End(bool inTime, Action then)
        {
            rules.EndWait(name, inTime);
            waiters.Remove(name);
            open.Remove(number);
            closedWaits.Add(number);
            then();
        }
    }

    public Task SleepUntilAsync(DateTimeOffset until)
    {
        thread.Check();
        var result = new TaskCompletionSource();
        Make(new Call(calls.Count, EventKind.Slept, null) { Due = until.UtcTicks }, _ => result.SetResult());
        return result.Task;
    }

    public void ContinueAsNew<TIn>(TIn input)
    {
        thread.Check();
        Next = WorkflowJson.Write(input, $"input of {entry.Name}");
    }

    public void SetStatus<T>(T status)
    {
        thread.Check();
        Status = WorkflowJson.Write(status, $"status of {id}", WorkflowJson.MaxStatus);
    }

    private static void Answer<T>(TaskCompletionSource<T> result, string json, string what, Func<InvalidOperationException, Exception> unreadable)
    {
        T value;
        try
        {
            value = WorkflowJson.Read<T>(json, what);
        }
        catch (InvalidOperationException fault)
        {
            result.SetException(unreadable(fault));
            return;
        }

        result.SetResult(value);
    }

    private long Later(TimeSpan patience) =>
        patience > DateTimeOffset.MaxValue - UtcNow ? DateTimeOffset.MaxValue.UtcTicks : Math.Max(now, now + patience.Ticks);

    private void Make(Call call, Action<Event> answer)
    {
        calls.Add(call);
        open.Add(call.Number, answer);
    }

    private void Compare(Event e)
    {
        var number = e.Call!.Value;
        recorded = Math.Max(recorded, number + 1);
        var then = Call.Describe(e.Kind, e.Name);
        if (number >= calls.Count)
            changed = $"When it ran before, its call {number + 1} was {then}; this program does not make that call there. {Advice}";
        else if (calls[number].Kind != e.Kind || calls[number].RecordedName != e.Name)
            changed = $"When it ran before, its call {number + 1} was {then}; this program makes {Call.Describe(calls[number].Kind, calls[number].RecordedName)} there. {Advice}";
    }

    private void Deliver(Event e)
    {
        if (IsOver)
        {
            KeepEarly(e);
            return;
        }

        now = Math.Max(now, e.At);
        switch (e.Kind)
        {
            case EventKind.Started:
                thread.Run(() => run = entry.RunAsync(this, e.Data!));
                break;
            case EventKind.EventRaised when waiters.TryGetValue(e.Name!, out var take):
                thread.Run(() => take(e));
                break;
            case EventKind.EventRaised:
                KeepEarly(e);
                break;
            default:
                DeliverAnswer(e);
                break;
        }
    }

    private void KeepEarly(Event e)
    {
        if (e.Kind != EventKind.EventRaised)
            return;
        if (!early.TryGetValue(e.Name!, out var kept))
            early.Add(e.Name!, kept = new Queue<Event>());
        kept.Enqueue(e);
    }

    private void DeliverAnswer(Event e)
    {
        var number = e.Call!.Value;
        if (open.Remove(number, out var answer))
            thread.Run(() => answer(e));
        else if (number >= calls.Count)
            changed = $"Its call {number + 1} has been answered; this program has not made that call by then. {Advice}";
    }
}
