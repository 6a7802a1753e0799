using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class BadHookTests
{
    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public void A_missing_header_is_named(string header)
    {
        Dictionary<string, string> headers = new() { ["X-GitHub-Event"] = "ping", ["X-GitHub-Delivery"] = "d", ["Content-Type"] = "application/json" };
        headers.Remove(header);

        var error = Should.Throw<BadHookException>(() => AHook.Hooks().Read(AHook.Call(headers, "{}")));

        error.Status.ShouldBe(400);
        error.Message.ShouldContain(header);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/json-patch+json")]
    [InlineData("")]
    public void A_call_that_is_not_JSON_is_told_where_to_choose_it(string contentType)
    {
        var error = Should.Throw<BadHookException>(() => AHook.Hooks().Read(AHook.Call("ping", "{}", contentType: contentType)));

        error.Status.ShouldBe(415);
        error.Message.ShouldContain("choose application/json");
    }

    [Fact]
    public void The_charset_does_not_matter() =>
        AHook.Hooks().Read(AHook.Call("ping", "{}", contentType: "application/json; charset=utf-8")).Kind.ShouldBe(EventKind.Ping);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"issues\"")]
    [InlineData("{}")]
    [InlineData("""{"action":"opened"}""")]
    [InlineData("""{"action":"opened","issue":[]}""")]
    [InlineData("""{"action":"opened","issue":{},"repository":{"full_name":"octo/lab"}}""")]
    [InlineData("""{"action":7,"issue":{},"repository":{"full_name":"octo/lab"}}""")]
    public void What_cannot_be_understood_is_a_400_with_a_reason(string body)
    {
        var error = Should.Throw<BadHookException>(() => AHook.Hooks().Read(AHook.Call("issues", body)));

        error.Status.ShouldBe(400);
        error.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Absurd_nesting_is_refused()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);

        Should.Throw<BadHookException>(() => AHook.Hooks().Read(AHook.Call("ping", body))).Status.ShouldBe(400);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var call = AHook.Call("issues", AHook.Payload("opened").ToJsonString());
        var body = call.Body.ToArray();
        body[System.Text.Encoding.UTF8.GetString(body).IndexOf("Title", StringComparison.Ordinal)] = 0xff;

        Should.Throw<BadHookException>(() => AHook.Hooks().Read(call with { Body = body }));
    }

    [Theory]
    [InlineData("octo/..")]
    [InlineData("../lab")]
    [InlineData("octo/lab/x")]
    [InlineData("octo/la?b")]
    [InlineData("octo")]
    [InlineData("octo/lab#1")]
    public void A_hostile_repository_name_is_refused(string name) =>
        Should.Throw<BadHookException>(() => AHook.Read("issues", AHook.Payload("opened", change: p => p["repository"] = AHook.Repository(name))));

    [Fact]
    public void Text_of_the_body_is_not_told_back()
    {
        var issue = AnIssue.Rest(7, i => (i["title"], i["state"]) = ("my secret plan", "sideways"));

        Should.Throw<BadHookException>(() => AHook.Read("issues", AHook.Payload("opened", issue))).Message.ShouldNotContain("secret");
    }

    [Fact]
    public void A_number_beyond_all_issues_is_refused() =>
        Should.Throw<BadHookException>(() => AHook.Read("issues", AHook.Payload("opened", AnIssue.Rest(7, i => i["number"] = JsonNode.Parse("1e400")))));
}
