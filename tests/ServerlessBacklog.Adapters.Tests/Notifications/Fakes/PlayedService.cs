namespace ServerlessBacklog.Adapters.Tests.Notifications.Fakes;

/// <summary>How a played service answers.</summary>
internal enum Mood
{
    Takes,

    /// <summary>The address is not there any more.</summary>
    Gone,

    /// <summary>Too much at once; come again in two minutes, where the protocol can say so.</summary>
    Busy,

    /// <summary>Takes the message and breaks off without a word.</summary>
    CutsOff,
}

/// <summary>A service played on this machine, over real sockets, that counts what it was given.</summary>
internal interface IPlayedService : IAsyncDisposable
{
    Mood Mood { get; set; }

    /// <summary>Whole messages that arrived, whatever was answered.</summary>
    int Arrived { get; }
}
