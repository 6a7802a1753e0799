namespace ServerlessBacklog.Workflow;

/// <summary>
/// An activity failed for the last time. Nothing else is promised: exception types do not survive the way through a runtime, so code
/// branches on values that activities return, never on this message.
/// </summary>
public sealed class ActivityFailedException : Exception
{
    public ActivityFailedException()
    {
    }

    public ActivityFailedException(string message)
        : base(message)
    {
    }

    public ActivityFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public static ActivityFailedException Of(string activity, string message, Exception? inner = null) =>
        new($"{activity} failed: {message}", inner!);
}

/// <summary>A child orchestration failed or was terminated.</summary>
public sealed class ChildFailedException : Exception
{
    public ChildFailedException()
    {
    }

    public ChildFailedException(string message)
        : base(message)
    {
    }

    public ChildFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public static ChildFailedException Of(string child, string message, Exception? inner = null) =>
        new($"The child {child} failed: {message}", inner!);
}
