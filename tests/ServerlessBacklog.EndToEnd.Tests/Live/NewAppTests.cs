using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary><c>backlog connect github --new-app</c> from the first page to a connected repository, with a client that does what a browser does.</summary>
public sealed partial class NewAppTests : IAsyncLifetime
{
    private readonly Backlog program = new();
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private GitHubStandIn gitHub = null!;

    public async ValueTask InitializeAsync()
    {
        gitHub = await GitHubStandIn.StartAsync(new GitHubStandInOptions());
        await gitHub.CreateRepositoryAsync("acme/shop");
        program.Environment["GitHub__ApiBaseUrl"] = $"{gitHub.Address.ToString().TrimEnd('/')}/api/v3";
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await gitHub.DisposeAsync();
        program.Dispose();
    }

    [Fact]
    public async Task One_click_makes_an_app_that_works_once_it_is_installed()
    {
        await using var run = await Run.StartAsync(program, "--url", "http://localhost:7071", "--org", "acme", "--name", "Backlog of acme");
        var page = await browser.GetStringAsync(run.Page);
        var back = await SubmitAsync(page);
        var done = await browser.GetStringAsync(back);
        var ended = await run.EndAsync();
        await gitHub.InstallAppAsync("acme");
        var check = await program.RunAsync("connect", "github", "acme/shop", "--check");

        page.ShouldContain("Create the app on GitHub");
        page.ShouldContain("Issues: read and write");
        done.ShouldContain("Backlog of acme");
        done.ShouldContain($"{gitHub.Address}apps/backlog-of-acme/installations/new");
        ended.ShouldEndWith(0).Output.ShouldContain("installations/new");
        ended.Output.ShouldContain("--name github-private-key --file");
        ended.Output.ShouldContain("--name github-webhook-secret --file");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Kept("settings.json"), TestContext.Current.CancellationToken))!;
        ended.Output.ShouldContain($"GitHub__AppId={settings["GitHub:AppId"]}");
        settings["GitHub:AppSlug"]!.ToString().ShouldBe("backlog-of-acme");
        check.Output.ShouldContain("GitHub knows the app 'backlog-of-acme'");
        check.Output.ShouldContain("acme/shop can be read");
        var (key, secret) = (await File.ReadAllTextAsync(Kept("secrets/github-private-key")), await File.ReadAllTextAsync(Kept("secrets/github-webhook-secret")));
        key.ShouldStartWith("-----BEGIN RSA PRIVATE KEY-----");
        foreach (var said in new[] { page, done, ended.Output, ended.Errors, check.Output, check.Errors })
        {
            said.ShouldNotContain(secret);
            said.ShouldNotContain("-----BEGIN");
            said.ShouldNotContain(key.Split('\n')[1]);
        }
    }

    [Fact]
    public async Task The_page_runs_nothing_loads_nothing_and_posts_to_GitHub_alone()
    {
        await using var run = await Run.StartAsync(program, "--url", "http://localhost:7071");

        using var answer = await browser.GetAsync(run.Page);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain($"form-action {gitHub.Address.ToString().TrimEnd('/')}");
        policy.ShouldNotContain("script-src");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        run.Page.Host.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Strangers_guessed_pages_and_answers_to_other_pages_change_nothing()
    {
        await using var run = await Run.StartAsync(program, "--url", "http://localhost:7071");
        var back = await SubmitAsync(await browser.GetStringAsync(run.Page));

        (await StatusAsync(run.Page, host: "evil.example")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await StatusAsync(run.Page, host: $"localhost:{run.Page.Port}")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await StatusAsync(new Uri(run.Page, "/"))).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(new Uri(run.Page, "/start/0123456789abcdef0123456789abcdef"))).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(new Uri(back.ToString().Split("&state=")[0]))).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(new Uri($"{back.ToString().Split("&state=")[0]}&state={new string('0', 64)}"))).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(new Uri(back.ToString().Replace("code=", "code=..%2f", StringComparison.Ordinal)))).ShouldBe(HttpStatusCode.BadRequest);
        File.Exists(Kept("secrets/github-private-key")).ShouldBeFalse();
        // After all that the right answer is still taken.
        (await StatusAsync(back)).ShouldBe(HttpStatusCode.OK);
        (await run.EndAsync()).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_fault_of_GitHub_costs_nothing_the_page_is_loaded_again()
    {
        await using var run = await Run.StartAsync(program, "--url", "http://localhost:7071");
        var back = await SubmitAsync(await browser.GetStringAsync(run.Page));
        gitHub.Fail(new Fault { Method = "POST", Path = "/app-manifests", Status = 503 });

        (await StatusAsync(back)).ShouldBe(HttpStatusCode.BadGateway);
        (await StatusAsync(back)).ShouldBe(HttpStatusCode.OK);
        (await run.EndAsync()).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_code_that_GitHub_does_not_know_ends_the_command_with_the_mend()
    {
        await using var run = await Run.StartAsync(program, "--url", "http://localhost:7071");
        var state = State().Match(await browser.GetStringAsync(run.Page)).Groups[1].Value;

        (await StatusAsync(new Uri(run.Page, $"/created?code=unknown&state={state}"))).ShouldBe(HttpStatusCode.BadRequest);

        (await run.EndAsync()).ShouldEndWith(1).Errors.ShouldContain("does not know the code any more");
    }

    [Fact]
    public async Task As_JSON_everything_is_said_but_secrets()
    {
        await using var run = await Run.StartAsync(program, "--url", "http://localhost:7071", "--json", "--public");
        await browser.GetStringAsync(await SubmitAsync(await browser.GetStringAsync(run.Page)));

        var told = JsonNode.Parse((await run.EndAsync()).ShouldEndWith(0).Output)!;

        told["app"]!["slug"]!.ToString().ShouldBe("backlog-localhost");
        File.Exists(told["files"]!["private_key"]!.ToString()).ShouldBeTrue();
        told["azure"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_second_app_is_refused_while_there_is_one()
    {
        program.Environment["GitHub__AppId"] = "4711";

        var refused = await program.RunAsync("connect", "github", "--new-app", "--url", "http://localhost:7071", "--no-browser");

        refused.ShouldEndWith(1).Errors.ShouldContain("An app is set up here already (GitHub:AppId 4711)");
    }

    private string Kept(string name) => Path.Combine(program.Folder, ".backlog", name);

    /// <summary>Presses the button, and follows GitHub to where it sends the browser.</summary>
    private async Task<Uri> SubmitAsync(string page)
    {
        using var form = new FormUrlEncodedContent([new("manifest", WebUtility.HtmlDecode(Manifest().Match(page).Groups[1].Value))]);
        using var answer = await browser.PostAsync(new Uri(WebUtility.HtmlDecode(Action().Match(page).Groups[1].Value)), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!;
    }

    private async Task<HttpStatusCode> StatusAsync(Uri address, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (host is not null)
            request.Headers.Host = host;
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    [GeneratedRegex("action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("name=\"manifest\" value=\"([^\"]+)\"")]
    private static partial Regex Manifest();

    [GeneratedRegex("state=([0-9a-f]+)")]
    private static partial Regex State();

    /// <summary>The command while it waits.</summary>
    private sealed class Run(Process process, Task<string> output, string said, Uri page) : IAsyncDisposable
    {
        public Uri Page => page;

        public static async Task<Run> StartAsync(Backlog program, params string[] arguments)
        {
            var process = program.Start(["connect", "github", "--new-app", "--no-browser", .. arguments]);
            var output = process.StandardOutput.ReadToEndAsync();
            var said = "";
            using var late = new CancellationTokenSource(Backlog.Deadline);
            while (await process.StandardError.ReadLineAsync(late.Token) is { } line)
            {
                said += line + '\n';
                if (line.StartsWith("Open this page: ", StringComparison.Ordinal))
                    return new Run(process, output, said, new Uri(line["Open this page: ".Length..]));
            }

            throw new InvalidOperationException($"No page was opened: {said}");
        }

        public async Task<Outcome> EndAsync()
        {
            using var late = new CancellationTokenSource(Backlog.Deadline);
            var errors = said + await process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return new Outcome(process.ExitCode, await output, errors);
        }

        public ValueTask DisposeAsync()
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
