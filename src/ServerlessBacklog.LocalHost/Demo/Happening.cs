namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>Something that happens on the played tracker, and what has to come of it.</summary>
/// <param name="Title">What happens, in one clause.</param>
/// <param name="PlayAsync">Lets it happen, waits for what comes of it, and says that in one clause.</param>
internal sealed record Happening(string Title, Func<LiveStage, CancellationToken, Task<string>> PlayAsync);

/// <summary>What came of a happening so far.</summary>
/// <param name="CameOf">Null while it is not known.</param>
internal sealed record Played(DateTimeOffset At, string Title, string? CameOf, bool IsAsExpected);

/// <summary>Something else came of a happening than has to.</summary>
#pragma warning disable CA1032 // Thrown and caught by the play alone.
internal sealed class UnexpectedException(string message) : Exception(message);
#pragma warning restore CA1032
