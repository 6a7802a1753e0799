using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Tests.Storage;
using ServerlessBacklog.Adapters.Tests.Trackers.Http.Simulation;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Http;

/// <summary>One keeper of budgets over rows in a file, a scripted network, and a clock that jumps over every wait.</summary>
internal sealed class PoliteHttpDriver : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly SqliteTables tables;
    private readonly List<PoliteHttp> opened = [];

    public PoliteHttpDriver(PaceOptions? options = null)
    {
        Options = options ?? new PaceOptions();
        tables = SqliteTables.Open(directory.File("rows.db"));
        Network = new ScriptedNetwork(Time);
        Restart();
    }

    public PaceOptions Options { get; }

    public SimulatedTime Time { get; } = new();

    public ScriptedNetwork Network { get; }

    public StopSwitch Stop { get; } = new();

    /// <summary>Seconds from one request to the next.</summary>
    public IReadOnlyList<double> Gaps => [.. Network.Sent.Zip(Network.Sent.Skip(1), (a, b) => Math.Round((b.At - a.At).TotalSeconds, 1))];

    /// <summary>A new process over the same rows.</summary>
    public void Restart() =>
        opened.Add(new PoliteHttp(new WaitedForTables(tables), Stop, Options, Time, NullLogger<PoliteHttp>.Instance, Network, () => 0.5));

    /// <summary>Sends a request and runs the clock until it is answered.</summary>
    public HttpResponseMessage Send(HttpMethod method, string path = "/repos/o/r/issues", string? body = null, string account = "installation:1", bool hasToken = true)
    {
        HttpResponseMessage? response = null;
        Time.Run(async () => response = await SendAsync(method, path, body, account, hasToken));
        return response!;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null, string account = "installation:1", bool hasToken = true)
    {
        using var request = new HttpRequestMessage(method, $"https://api.example{path}");
        if (hasToken)
            request.Headers.Authorization = new("Bearer", "secret-token");
        if (body is not null)
            request.Content = new StringContent(body);
        return await SendAsync(request, account);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string account = "installation:1")
    {
        using var client = new HttpMessageInvoker(opened[^1].HandlerFor(account), disposeHandler: true);
        return await client.SendAsync(request, CancellationToken.None);
    }

    /// <summary>All that is stored, as text.</summary>
    public string StoredText()
    {
        opened.ForEach(o => o.Dispose());
        tables.Dispose();
        return string.Concat(Directory.EnumerateFiles(directory.Path).Select(f => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
    }

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        tables.Dispose();
        directory.Dispose();
    }

    public sealed class StopSwitch : IWriteStop
    {
        public WriteStop? On { get; set; }

        public Task<WriteStop?> FindAsync(CancellationToken cancellation) => Task.FromResult(On);

        public Task StopAsync(WriteStop stop, CancellationToken cancellation)
        {
            On = stop;
            return Task.CompletedTask;
        }

        public Task AllowAsync(CancellationToken cancellation)
        {
            On = null;
            return Task.CompletedTask;
        }
    }
}
