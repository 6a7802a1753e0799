namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>The clock of a played tracker: it goes as every clock does, and can be put back while the past is played.</summary>
internal sealed class PlayedClock : TimeProvider
{
    private TimeSpan behind;

    /// <summary>Puts it so far behind the true time; zero for the present.</summary>
    public void PutBack(TimeSpan by) => behind = by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - behind;
}
