using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

/// <summary>Everything that is logged, at every level, with its exceptions.</summary>
internal sealed class KeptLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];

    public IEnumerable<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category} {formatter(state, exception)} {exception}");
    }
}
