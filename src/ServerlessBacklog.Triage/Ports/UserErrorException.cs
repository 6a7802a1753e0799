namespace ServerlessBacklog.Triage.Ports;

/// <summary>Something that the user can mend. The message is written to them: what is wrong, and what to do.</summary>
public sealed class UserErrorException : Exception
{
    public UserErrorException()
    {
    }

    public UserErrorException(string message)
        : base(message)
    {
    }

    public UserErrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
