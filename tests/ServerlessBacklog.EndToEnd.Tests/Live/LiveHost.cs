using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>The built <c>backlog serve</c> with secrets of its own, spoken to as trackers and strangers speak to it.</summary>
public sealed class LiveHost : IAsyncLifetime
{
    public const string GitHubSecret = "a-secret-of-github-4711-aaaaaaaaaaaa";
    public const string AzureDevOpsSecret = "a-secret-of-azure-0815-bbbbbbbbbbbb";

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private Process? process;
    private Task<string> output = Task.FromResult("");
    private Task<string> errors = Task.FromResult("");

    internal Backlog Program { get; } = new();

    public int Port { get; private set; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>What the host has written to the terminal; known when it has ended.</summary>
    public async Task<string> SaidAsync() => await output + await errors;

    public async ValueTask InitializeAsync()
    {
        Program.Environment["GitHub__WebhookSecrets__0"] = "another-secret-that-is-good-too";
        Program.Environment["GitHub__WebhookSecrets__1"] = GitHubSecret;
        Program.Environment["AzureDevOps__HookSecrets__0"] = AzureDevOpsSecret;
        // Nobody listens at port 1: what is triaged here is what the deliveries tell.
        Program.Environment["GitHub__ApiBaseUrl"] = "http://127.0.0.1:1";
        await StartAsync();
    }

    /// <summary>Starts the host, again after a kill, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        Port = LocalPort.Free();
        process = Program.Start("serve", "--port", $"{Port}");
        // Read to the end: a full pipe would stop the program.
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The host ended with {process.ExitCode}: {await SaidAsync()}");
            try
            {
                if ((await GetAsync("api/health")).Status == 200)
                    return;
            }
            catch (HttpRequestException) when (waited.Elapsed < Backlog.Deadline)
            {
                // It is not up yet.
            }
        }
    }

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
        var said = await SaidAsync();
        http.Dispose();
        Program.Dispose();
        // Whatever was sent to it: nothing of that, and no secret, is in what it writes.
        said.ShouldNotContain(GitHubSecret);
        said.ShouldNotContain(AzureDevOpsSecret);
        said.ShouldNotContain("sha256=");
        said.ShouldNotContain("   at ");
    }

    internal Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path)));

    internal async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        var watch = Stopwatch.StartNew();
        using (request)
        using (var response = await http.SendAsync(request))
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), watch.Elapsed);
    }

    /// <summary>A delivery as GitHub sends it.</summary>
    internal HttpRequestMessage GitHub(string name, byte[] body, string? id = null) => Request("hooks/github", body,
        ("X-GitHub-Event", name), ("X-GitHub-Delivery", id ?? Guid.NewGuid().ToString()), ("X-Hub-Signature-256", Signature(body)));

    /// <summary>An event as a service hook of Azure DevOps sends it.</summary>
    internal HttpRequestMessage AzureDevOps(byte[] body) => Request("hooks/azuredevops", body, ("X-Backlog-Secret", AzureDevOpsSecret));

    internal HttpRequestMessage Request(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Sends bytes as they are, and reads what comes until the host has answered or hangs up.</summary>
    /// <param name="then">What is done with the connection after <paramref name="head"/>.</param>
    internal async Task<string> RawAsync(string head, Func<NetworkStream, Task>? then = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        var told = new StringBuilder();
        var reading = ReadAsync();
        try
        {
            if (then is not null)
                await await Task.WhenAny(then(stream), reading);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            // The host need not listen to the end.
        }

        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await reading.WaitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (told)
            return told.ToString();

        async Task ReadAsync()
        {
            var block = new byte[16 * 1024];
            try
            {
                while (await stream.ReadAsync(block) is > 0 and var length)
                {
                    lock (told)
                        told.Append(Encoding.UTF8.GetString(block, 0, length));
                    // An answer is one JSON object.
                    if (block[length - 1] == '}')
                        return;
                }
            }
            catch (IOException)
            {
                // The host may cut the connection after its answer.
            }
        }
    }

    internal static string Signature(byte[] body, string secret = GitHubSecret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}

internal sealed record Answer(int Status, string Body, TimeSpan Took)
{
    public string? Result => Member("result");

    /// <summary>The sentence of a refusal.</summary>
    public string Error => Member("error") ?? "";

    private string? Member(string name)
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
