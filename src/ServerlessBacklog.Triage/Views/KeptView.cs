namespace ServerlessBacklog.Triage.Views;

/// <summary>What one process has in memory of one backlog's view.</summary>
internal sealed class KeptView
{
    private volatile LoadedView? current;
    private long begun;

    /// <summary>One loads what is stored; whoever comes meanwhile waits for that.</summary>
    public SemaphoreSlim Loading { get; } = new(1);

    /// <summary>One works it out. Whoever is content with the one before does not wait.</summary>
    public SemaphoreSlim Building { get; } = new(1);

    /// <summary>Builds that have begun.</summary>
    public long Begun => Interlocked.Read(ref begun);

    /// <summary>Number of the last build that ended well: all that was stored before it began is in <see cref="Current"/>. Read while building is held.</summary>
    public long Done { get; private set; }

    public LoadedView? Current
    {
        get => current;
        set => current = value;
    }

    public long Begin() => Interlocked.Increment(ref begun);

    /// <param name="build">Number that <see cref="Begin"/> gave.</param>
    public void End(long build, LoadedView view) => (Done, Current) = (build, view);
}

/// <param name="Version">Names the view; the cursor of the backlog names the one stored last.</param>
/// <param name="Mark">Where the tail goes on after it.</param>
/// <param name="HasItems">False while only its head is loaded.</param>
internal sealed record LoadedView(string Version, string Mark, BacklogView View, bool HasItems);
