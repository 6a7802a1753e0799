using System.Diagnostics;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>The built host as it serves, over a data directory that outlives it: it may be killed and started again.</summary>
internal sealed class LiveProcess : IAsyncDisposable
{
    private readonly Backlog backlog = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private Process? process;

    public int Port { get; } = LocalPort.Free();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public string DataDirectory => backlog.PathOf(".backlog");

    public Dictionary<string, string> Environment => backlog.Environment;

    public async Task StartAsync()
    {
        process = backlog.Start("serve", "--port", $"{Port}", "--quiet");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Errors.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var waited = Stopwatch.StartNew(); !await IsHealthyAsync(); await Task.Delay(20))
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException($"The host does not serve: {string.Join('\n', Errors)}");
        }
    }

    public List<string> Errors { get; } = [];

    /// <summary>Another command over the same data.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => backlog.RunAsync(arguments);

    /// <summary>SIGKILL: nothing is finished, nothing is said.</summary>
    public async Task KillAsync()
    {
        await Backlog.KillAsync(process!);
        await process!.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await KillAsync();
        http.Dispose();
        backlog.Dispose();
    }

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            return (await http.GetAsync(new Uri(Address, "/api/health"))).IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
