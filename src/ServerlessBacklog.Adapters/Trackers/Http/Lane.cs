namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>Lets so many through at once, in the order in which they came. A token that fires takes its owner out of the line.</summary>
internal sealed class Lane(int width)
{
    private readonly LinkedList<TaskCompletionSource> line = new();
    private readonly Lock gate = new();
    private int free = width;

    /// <exception cref="OperationCanceledException">The token fired first; nothing is to be left.</exception>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return;
            }

            line.AddLast(turn);
        }

        await using var registration = cancellation.UnsafeRegister(_ => StandOut(turn, cancellation), null);
        await turn.Task;
    }

    public void Leave()
    {
        lock (gate)
        {
            if (line.First is { } first)
            {
                line.RemoveFirst();
                first.Value.SetResult();
            }
            else
            {
                free++;
            }
        }
    }

    /// <summary>One whose turn has come meanwhile is no longer in the line, and keeps its turn.</summary>
    private void StandOut(TaskCompletionSource turn, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (line.Remove(turn))
                turn.SetCanceled(cancellation);
        }
    }
}
