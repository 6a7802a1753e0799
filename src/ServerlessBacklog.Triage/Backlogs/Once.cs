namespace ServerlessBacklog.Triage.Backlogs;

/// <summary>A value that is made on first use. Other than with <see cref="Lazy{T}"/>, a failure is not kept: the next use tries again.</summary>
public sealed class Once<T>(Func<T> make)
    where T : class
{
    private readonly Lock gate = new();
    private Func<T>? make = make;
    private volatile T? made;

    public T Value => made ?? Make();

    private T Make()
    {
        lock (gate)
        {
            made ??= make!();
            make = null;
            return made;
        }
    }
}
