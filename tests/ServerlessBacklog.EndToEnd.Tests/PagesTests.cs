using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class PagesTests(DemoRun demo)
{
    private static readonly HttpClient Client = new() { Timeout = Backlog.Deadline };

    [Fact]
    public async Task Without_arguments_the_sample_is_triaged_and_shown_until_ctrl_c()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C is sent as a signal.");
        using var program = new Backlog();
        var port = LocalPort.Free();
        var process = program.Start("--port", $"{port}", "--report", "report.html");
        await ReadyAsync(port);

        (await PageAsync(port, "/")).ShouldContain("seamonkey");
        (await PageAsync(port, "/backlogs/seamonkey")).ShouldEndWith("</html>");
        (await PageAsync(port, "/backlogs/seamonkey/items/file%3Aseamonkey%231868899")).ShouldContain("1868898");
        using var status = JsonDocument.Parse(await PageAsync(port, "/api/status/seamonkey"));
        status.RootElement.GetProperty("counts").GetProperty("open").GetInt32().ShouldBe(567);
        foreach (var missing in new[] { "/nope", "/backlogs/x", "/backlogs/seamonkey/items/zzz", "/api/status/x" })
            await MissingAsync(port, missing);

        await Backlog.InterruptAsync(process);
        var ended = await Backlog.EndAsync(process);
        ended.ShouldEndWith(0).Output.ShouldContain($"http://localhost:{port}");
    }

    [Fact]
    public async Task An_empty_data_directory_is_served_with_advice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C is sent as a signal.");
        using var program = new Backlog();
        var port = LocalPort.Free();
        var process = program.Start("serve", "--port", $"{port}");
        await ReadyAsync(port);

        (await PageAsync(port, "/")).ShouldContain("backlog triage SOURCE");

        await Backlog.InterruptAsync(process);
        (await Backlog.EndAsync(process)).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_another_one_to_take()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var ended = await demo.Program.RunAsync("serve", "--port", $"{port}");

        ended.ShouldEndWith(1).Errors.ShouldContain($"Port {port} cannot be opened");
        ended.Errors.ShouldContain("--port");
    }

    private static Task<string> PageAsync(int port, string path) =>
        Client.GetStringAsync(new Uri($"http://localhost:{port}{path}"), TestContext.Current.CancellationToken);

    private static async Task MissingAsync(int port, string path)
    {
        using var answer = await Client.GetAsync(new Uri($"http://localhost:{port}{path}"), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("There is no");
    }

    private static async Task ReadyAsync(int port) => (await LocalPort.GetAsync(Client, port, "/api/health")).ShouldContain("ok");
}
