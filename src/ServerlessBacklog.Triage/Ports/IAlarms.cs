namespace ServerlessBacklog.Triage.Ports;

/// <summary>What a person has to mend, one row for each cause until it clears.</summary>
public interface IAlarms
{
    /// <summary>Raises an alarm; one that stands keeps its <see cref="Alarm.Since"/>.</summary>
    Task RaiseAsync(Alarm alarm, CancellationToken cancellation);

    Task ClearAsync(string key, CancellationToken cancellation);

    /// <summary>Those that stand, oldest first.</summary>
    Task<IReadOnlyList<Alarm>> ListAsync(CancellationToken cancellation);
}

/// <param name="Key">Names the cause: the same cause raises one alarm.</param>
/// <param name="Text">What is wrong and how to mend it.</param>
public sealed record Alarm(string Key, string Text, DateTimeOffset Since);
