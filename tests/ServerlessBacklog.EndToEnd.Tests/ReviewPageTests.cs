using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>The review queue as a browser uses it, over the sample, whose items cannot be written to.</summary>
public sealed class ReviewPageTests(ReviewPageTests.Server server) : IClassFixture<ReviewPageTests.Server>
{
    private readonly int port = server.Port;
    private readonly HttpClient browser = server.Browser;

    [Fact]
    public async Task What_is_asked_is_listed_and_answered_by_whoever_sits_at_this_machine()
    {
        // Listed: the only backlog is chosen by itself.
        var page = await PageAsync("/review");
        var picks = Picks(page);
        picks.Count.ShouldBeGreaterThan(3);
        page.ShouldContain("asks wait for a person");
        var (approved, rejected, later) = (picks[0], picks[1], picks[2]);

        // Approved: what became of it is said, here that a file cannot be written to.
        var said = await AnswerAsync(page, approved, ("answer", "approve"), ("slot", SlotsOf(page, approved)[0]));
        said.ShouldContain("left: ");
        Picks(said).ShouldNotContain(approved);

        // A no needs a reason: without one nothing is done.
        said = await AnswerAsync(page, rejected, ("answer", "reject"), ("because", "  "));
        said.ShouldContain("A no needs its reason");
        Picks(said).ShouldContain(rejected);
        said = await AnswerAsync(page, rejected, ("answer", "reject"), ("because", "it is another crash"));
        said.ShouldContain("rejected; it is not asked again");
        Picks(said).ShouldNotContain(rejected);

        // No tick is no yes to everything.
        said = await AnswerAsync(page, later, ("answer", "approve"));
        said.ShouldContain("No change was ticked");
        Picks(said).ShouldContain(later);
        said = await AnswerAsync(page, later, ("answer", "snooze"), ("days", "3"));
        said.ShouldContain("put off until");
        Picks(said).ShouldNotContain(later);

        // Twice is told, and does nothing.
        (await AnswerAsync(page, rejected, ("answer", "approve"), ("slot", SlotsOf(page, rejected)[0]))).ShouldContain("has rejected it");
    }

    [Fact]
    public async Task A_batch_is_approved_only_after_it_was_listed()
    {
        var page = await PageAsync("/review");
        var picks = Picks(page);

        var refused = await PostAsync("/review/answer", [("token", Token(page)), ("backlog", "seamonkey"), ("pick", picks[0]), ("pick", picks[1]), ("answer", "batch")]);
        refused.Text.ShouldContain("Only a batch that was listed here");
        Picks(refused.Text).ShouldBe(picks);

        var listed = await PostAsync("/review/confirm", [("token", Token(page)), ("backlog", "seamonkey"), ("pick", picks[0]), ("pick", picks[1])]);
        listed.Text.ShouldContain("Approve 2 asks?");
        var seal = Regex.Match(listed.Text, "name=\"seal\" value=\"([^\"]+)\"").Groups[1].Value;
        (await PostAsync("/review/answer", [("token", Token(page)), ("backlog", "seamonkey"), ("pick", picks[0]), ("pick", picks[2]), ("seal", seal), ("answer", "batch")]))
            .Text.ShouldContain("Only a batch that was listed here", customMessage: "another batch than the listed one");

        var done = await PostAsync("/review/answer", [("token", Token(page)), ("backlog", "seamonkey"), ("pick", picks[0]), ("pick", picks[1]), ("seal", seal), ("answer", "batch")]);

        Picks(done.Text).ShouldBe(picks.Skip(2));
    }

    [Fact]
    public async Task Posts_that_are_not_of_our_own_page_are_refused_and_do_nothing()
    {
        var page = await PageAsync("/review");
        var pick = Picks(page)[0];
        (string, string)[] yes = [("backlog", "seamonkey"), ("pick", pick), ("slot", SlotsOf(page, pick)[0]), ("answer", "approve")];
        (string, string)[] complete = [.. yes, ("token", Token(page))];

        (await PostAsync("/review/answer", yes)).Status.ShouldBe(HttpStatusCode.Forbidden, "no token");
        (await PostAsync("/review/answer", [.. yes, ("token", new string('0', 64))])).Status.ShouldBe(HttpStatusCode.Forbidden, "a token of nobody");
        (await PostAsync("/review/answer", complete, ("Origin", "https://evil.example"))).Status.ShouldBe(HttpStatusCode.Forbidden, "another site");
        (await PostAsync("/review/answer", complete, ("Origin", "http://localhost:1"))).Status.ShouldBe(HttpStatusCode.Forbidden, "another program on this machine");
        (await PostAsync("/review/answer", complete, ("Origin", "null"))).Status.ShouldBe(HttpStatusCode.Forbidden, "a page of no origin");
        (await PostAsync("/review/answer", complete, ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync("/review/answer", complete, ("Host", "evil.example"))).Status.ShouldBe(HttpStatusCode.MisdirectedRequest, "a name that was pointed here");
        using var stranger = new HttpClient { Timeout = Backlog.Deadline };
        using (var form = Form(complete))
        using (var answer = await stranger.PostAsync(At("/review/answer"), form, TestContext.Current.CancellationToken))
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, "the token without the cookie that it belongs to");
        using (var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))
        using (var answer = await browser.PostAsync(At("/review/answer"), json, TestContext.Current.CancellationToken))
            answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);

        Picks(await PageAsync("/review")).ShouldContain(pick, "nothing was done");
        (await PostAsync("/review/answer", complete, ("Origin", $"http://localhost:{port}"))).Status.ShouldBe(HttpStatusCode.OK, "our own page");
    }

    [Fact]
    public async Task Steps_filter_and_what_is_not_there_is_said()
    {
        var stale = await PageAsync("/review/seamonkey?step=staleness");
        stale.ShouldContain("aria-current=\"page\">staleness");
        Picks(stale).ShouldNotBeEmpty();
        Picks(stale).ShouldBeSubsetOf(Picks(await PageAsync("/review")));
        stale.ShouldNotContain("Close as duplicate");
        (await PageAsync("/review/seamonkey?step=nope&page=99")).ShouldContain("This step asks nothing.");
        (await PageAsync("/backlogs/seamonkey")).ShouldContain("href=\"/review/seamonkey\"");

        using var missing = await browser.GetAsync(At("/review/nope"), TestContext.Current.CancellationToken);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        missing.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("frame-ancestors 'none'");
    }

    private async Task<string> AnswerAsync(string page, string pick, params (string, string)[] fields)
    {
        var (status, text) = await PostAsync("/review/answer", [("token", Token(page)), ("backlog", "seamonkey"), ("pick", pick), .. fields]);
        status.ShouldBe(HttpStatusCode.OK);
        return text;
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, (string Name, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, At(path)) { Content = Form(fields) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    private static FormUrlEncodedContent Form((string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(At(path), TestContext.Current.CancellationToken));

    private Uri At(string path) => new($"http://localhost:{port}{path}");

    private static string Token(string page) => Regex.Match(page, "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;

    private static List<string> Picks(string page) => [.. Regex.Matches(page, "type=\"checkbox\" name=\"pick\" value=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];

    private static List<string> SlotsOf(string page, string pick)
    {
        var from = page.IndexOf($"name=\"pick\" value=\"{pick}\"", StringComparison.Ordinal);
        return [.. Regex.Matches(page[from..page.IndexOf("</article>", from, StringComparison.Ordinal)], "name=\"slot\" value=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];
    }

    /// <summary>One run of <c>backlog serve</c> over the triaged sample; the tests answer different asks of it, one after the other.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private readonly Backlog program = new() { Environment = { ["Triage__Autonomy"] = "suggest", ["Triage__WithoutGate"] = "true" } };
        private Process? serving;

        public int Port { get; } = LocalPort.Free();

        public HttpClient Browser { get; } = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { Timeout = Backlog.Deadline };

        public async ValueTask InitializeAsync()
        {
            (await program.RunAsync("triage", $"file:{Backlog.Sample}")).ShouldEndWith(0);
            serving = program.Start("serve", "--port", $"{Port}", "--quiet");
            await LocalPort.GetAsync(Browser, Port, "/api/health");
        }

        public async ValueTask DisposeAsync()
        {
            Browser.Dispose();
            if (serving is { HasExited: false })
            {
                serving.Kill(entireProcessTree: true);
                await serving.WaitForExitAsync(CancellationToken.None);
            }

            serving?.Dispose();
            program.Dispose();
        }
    }
}
