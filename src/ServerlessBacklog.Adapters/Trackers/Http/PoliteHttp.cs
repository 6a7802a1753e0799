using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.Http;

/// <summary>
/// One budget per host and account for all processes. A request passes, from the caller to the network: the cache of unchanged answers,
/// the wait for its turn, the write stop, and what is written into the trace.
/// </summary>
public sealed class PoliteHttp : ITrackerHttp, IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageHandler> handlers = new(StringComparer.Ordinal);
    private readonly HttpMessageHandler network;
    private readonly AnswerCache cache;
    private readonly PaceRows rows;
    private readonly IWriteStop stop;
    private readonly PaceOptions options;
    private readonly TimeProvider time;
    private readonly Func<double> chance;
    private readonly ILogger log;

    public PoliteHttp(ITableStore tables, IWriteStop stop, PaceOptions options, TimeProvider time, ILogger<PoliteHttp> log)
        : this(tables, stop, options, time, log, Network(), Random.Shared.NextDouble)
    {
    }

    /// <param name="network">What sends; disposed with this.</param>
    /// <param name="chance">Gives numbers from 0 to 1, for pauses that must not be alike.</param>
    public PoliteHttp(
        ITableStore tables,
        IWriteStop stop,
        PaceOptions options,
        TimeProvider time,
        ILogger<PoliteHttp> log,
        HttpMessageHandler network,
        Func<double> chance)
    {
        (this.stop, this.options, this.time, this.log, this.network, this.chance) = (stop, options, time, log, network, chance);
        rows = new PaceRows(tables.Open(PaceRows.TableName), time, chance);
        cache = new AnswerCache(options.CacheMegabytes * 1024L * 1024);
    }

    /// <inheritdoc />
    public HttpMessageHandler HandlerFor(string account) => handlers.GetOrAdd(account, Build);

    public void Dispose() => network.Dispose();

    private ConditionalHandler Build(string account) => new(account, cache)
    {
        InnerHandler = new PoliteHandler(account, rows, options, time, chance, log)
        {
            InnerHandler = new WriteStopHandler(stop) { InnerHandler = new TracedHandler { InnerHandler = network } },
        },
    };

    /// <summary>A redirect is a request of its own, which must wait for its turn: nothing is followed here.</summary>
    private static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // No tracker is told of our traces.
        ActivityHeadersPropagator = null,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    };
}
