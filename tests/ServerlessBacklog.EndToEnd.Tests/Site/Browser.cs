using System.Diagnostics;
using Microsoft.Playwright;
using ServerlessBacklog.Benchmarks.Scale;

[assembly: AssemblyFixture(typeof(ServerlessBacklog.EndToEnd.Tests.Site.Browser))]

namespace ServerlessBacklog.EndToEnd.Tests.Site;

/// <summary>A real browser without a window, and one run of <c>backlog serve</c> over a made backlog in which every page has something to show.</summary>
public sealed class Browser : IAsyncLifetime
{
    public const string Name = "made";

    /// <summary>The sample, in which much is asked.</summary>
    public const string Sample = "seamonkey";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    private readonly Lazy<Task> opened;
    private readonly Backlog program = new() { Environment = { ["Triage__Autonomy"] = "suggest", ["Triage__WithoutGate"] = "true" } };
    private Process? serving;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public Browser() => opened = new Lazy<Task>(OpenAsync);

    public int Port { get; } = LocalPort.Free();

    /// <summary>Where the pages of the backlog are.</summary>
    public string Root => $"http://localhost:{Port}/backlogs/{Name}";

    // Only tests that ask for it pay for it.
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async Task<IBrowserContext> ContextAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        // A busy machine is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(30_000);
        await opened.Value;
        return await chromium!.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.CloseAsync();
        playwright?.Dispose();
        if (serving is { HasExited: false })
        {
            serving.Kill(entireProcessTree: true);
            await serving.WaitForExitAsync(CancellationToken.None);
        }

        serving?.Dispose();
        program.Dispose();
    }

    private async Task OpenAsync()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException("The tests of the pages need Chromium, and none was found. Install it (Debian: apt-get install chromium), or say where it is in the environment variable CHROMIUM.");
        await MadeBacklog.WriteAsync(Backlog.Sample, 300, program.PathOf("made.jsonl"));
        (await program.RunAsync("triage", "file:made.jsonl", "--backlog", Name, "--quiet")).ShouldEndWith(0);
        (await program.RunAsync("triage", $"file:{Backlog.Sample}", "--backlog", Sample, "--quiet")).ShouldEndWith(0);
        serving = program.Start("serve", "--port", $"{Port}", "--quiet");
        using (var client = new HttpClient { Timeout = Backlog.Deadline })
            await LocalPort.GetAsync(client, Port, "/api/health");
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] });
    }
}
