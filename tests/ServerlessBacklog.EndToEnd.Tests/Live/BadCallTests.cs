using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessBacklog.EndToEnd.Tests.Live;

/// <summary>Calls to the webhooks that are wrong, by mistake or on purpose: what comes back says what to do, and the host goes on.</summary>
public sealed class BadCallTests(LiveHost host) : IClassFixture<LiveHost>, IAsyncLifetime
{
    private static readonly byte[] Good = Recorded.Bytes(Recorded.OpenedIssue);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>After every one of these calls the next good one is taken in.</summary>
    public async ValueTask DisposeAsync()
    {
        (await host.GetAsync("api/health")).Status.ShouldBe(200);
        var issue = Recorded.OpenedIssue;
        issue["issue"]!["id"] = Random.Shared.NextInt64(1L << 50);
        var answer = await host.SendAsync(host.GitHub("issues", Recorded.Bytes(issue)));
        answer.Status.ShouldBe(202, answer.Body);
        answer.Result.ShouldBe("accepted");
    }

    [Fact]
    public async Task A_signature_by_another_secret_is_refused_and_the_mend_is_to_compare_the_two()
    {
        var answer = await SendAsync(Good, ("X-Hub-Signature-256", LiveHost.Signature(Good, "guessed")));

        ShouldRefuse(answer, 401, "Compare the two");
    }

    [Theory]
    [InlineData("sha256=")]
    [InlineData("sha1=0123456789012345678901234567890123456789")]
    [InlineData("sha256=zzzz56789012345678901234567890123456789012345678901234567890zzzz")]
    [InlineData("none, only words")]
    public async Task A_signature_that_is_none_is_refused(string signature) =>
        ShouldRefuse(await SendAsync(Good, ("X-Hub-Signature-256", signature)), 401, "signature or secret");

    [Fact]
    public async Task A_call_without_a_signature_is_refused_and_the_mend_is_to_give_the_webhook_the_secret() =>
        ShouldRefuse(await SendAsync(Good, ("X-Hub-Signature-256", null)), 401, "Give the webhook the secret");

    [Fact]
    public async Task A_call_to_Azure_DevOps_hooks_with_a_wrong_or_no_secret_is_refused()
    {
        ShouldRefuse(await host.SendAsync(host.Request("hooks/azuredevops", Good)), 401, "Give the webhook the secret");
        ShouldRefuse(await host.SendAsync(host.Request("hooks/azuredevops", Good, ("X-Backlog-Secret", "guessed"))), 401, "Compare the two");
        ShouldRefuse(await host.SendAsync(host.Request("hooks/azuredevops", Good, ("Authorization", "Basic !!!"))), 401, "Compare the two");
    }

    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public async Task A_header_that_is_missing_is_named(string header) => ShouldRefuse(await SendAsync(Good, (header, null)), 400, header);

    [Theory]
    [InlineData("X-GitHub-Delivery", "../../etc/passwd")]
    [InlineData("X-GitHub-Event", "issues issues")]
    public async Task A_header_that_GitHub_never_sends_is_refused(string header, string value) =>
        ShouldRefuse(await SendAsync(Good, (header, value)), 400, header, value);

    [Theory]
    [InlineData("x-github-event", "x-github-delivery", "x-hub-signature-256", "content-type")]
    [InlineData("X-GITHUB-EVENT", "X-GITHUB-DELIVERY", "X-HUB-SIGNATURE-256", "CONTENT-TYPE")]
    public async Task Headers_may_be_written_in_any_case(string name, string delivery, string signature, string type)
    {
        var body = Recorded.Bytes(Fresh());

        var told = await host.RawAsync(
            $"POST /hooks/github HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n{name}: issues\r\n{delivery}: {Guid.NewGuid()}\r\n{signature}: {LiveHost.Signature(body)}\r\n{type}: application/json\r\ncontent-length: {body.Length}\r\n\r\n{Encoding.Latin1.GetString(body)}");

        told.ShouldStartWith("HTTP/1.1 202");
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 202)]
    [InlineData("Application/JSON", 202)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("application/json-patch", 415)]
    [InlineData("", 415)]
    public async Task The_content_type_is_JSON_or_the_setting_is_named(string type, int status)
    {
        var answer = await SendAsync(Recorded.Bytes(Fresh()), ("Content-Type", type));

        answer.Status.ShouldBe(status);
        if (status == 415)
            answer.Error.ShouldContain("choose application/json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("{\"action\":\"opened\"}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":1e400}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":123456789012345678901234567890}}")]
    [InlineData("not json, rather a letter")]
    public async Task A_body_that_is_no_event_is_refused_with_a_sentence(string body) =>
        ShouldRefuse(await SendAsync(Encoding.UTF8.GetBytes(body)), 400, "body", body.Length > 10 ? body : null);

    [Fact]
    public async Task A_body_that_is_cut_off_is_refused() => ShouldRefuse(await SendAsync(Good[..^200]), 400, "as it was sent");

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_body_that_is_made_to_hurt_is_refused_at_once(string bomb)
    {
        var answer = await SendAsync(Bomb(bomb));

        answer.Status.ShouldBe(400, answer.Body);
        answer.Error.ShouldNotBeEmpty();
        answer.Body.Length.ShouldBeLessThan(400);
        // GitHub waits for ten seconds.
        answer.Took.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    public static TheoryData<string> Bombs => ["nested arrays", "nested objects", "one long array", "huge number", "not UTF-8", "lone surrogate as number", "UTF-16"];

    /// <summary>What is odd and yet JSON is taken in, or refused with a reason; it never harms.</summary>
    [Theory]
    [InlineData("title", "\\ud800 half a surrogate pair", 400)]
    [InlineData("title", "NUL \\u0000 and escape \\u001b[31m", 202)]
    [InlineData("title", "from right to left \\u202e", 202)]
    [InlineData("body", "NUL \\u0000", 202)]
    public async Task Odd_text_is_taken_in_or_refused(string member, string text, int status)
    {
        var issue = Fresh();
        issue["issue"]![member] = "@@text@@";
        var body = Encoding.UTF8.GetBytes(issue.ToJsonString().Replace("@@text@@", text, StringComparison.Ordinal));

        var answer = await SendAsync(body);

        answer.Status.ShouldBe(status, answer.Body);
        answer.Body.ShouldNotContain("surrogate pair");
    }

    [Fact]
    public async Task A_member_that_is_told_twice_is_no_fault()
    {
        var text = Fresh().ToJsonString();
        var body = Encoding.UTF8.GetBytes($"{text[..^1]},\"action\":\"closed\",\"action\":\"opened\"}}");

        (await SendAsync(body)).Status.ShouldBe(202);
    }

    [Theory]
    [InlineData("../..")]
    [InlineData("a/b/c")]
    [InlineData("owner/repo#1")]
    [InlineData("owner/repo\r\nX-Evil: 1")]
    [InlineData("owner/%2e%2e")]
    [InlineData("owner/..")]
    [InlineData("owner/re\u202epo")]
    [InlineData("owner/re po")]
    [InlineData("owner")]
    [InlineData("")]
    [InlineData("10,000 characters")]
    public async Task A_repository_that_no_GitHub_has_is_refused_and_not_repeated(string name)
    {
        if (name == "10,000 characters")
            name = "owner/" + new string('r', 10_000);
        var issue = Fresh();
        issue["repository"]!["full_name"] = name;

        ShouldRefuse(await SendAsync(Recorded.Bytes(issue)), 400, "'full_name' is", name);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Another_method_than_POST_is_refused(string method)
    {
        var answer = await host.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(host.Address, "hooks/github")));

        answer.Status.ShouldBe(405);
        if (method != "HEAD")
            answer.Error.ShouldContain("POST");
    }

    [Fact]
    public async Task An_unknown_tracker_is_told_what_there_is()
    {
        var answer = await host.SendAsync(host.Request("hooks/gitlab", Good));

        ShouldRefuse(answer, 404, "/hooks/github");
        answer.Error.ShouldContain("/hooks/azuredevops");
    }

    [Fact]
    public async Task A_tracker_whose_name_is_hostile_is_not_repeated() =>
        ShouldRefuse(await host.SendAsync(host.Request("hooks/%3Cscript%3E", Good)), 404, "/hooks/github", "script");

    private static JsonObject Fresh()
    {
        var issue = Recorded.OpenedIssue;
        issue["issue"]!["id"] = Random.Shared.NextInt64(1L << 50);
        return issue;
    }

    /// <summary>As GitHub sends it, with some headers changed, or left out where the value is null.</summary>
    private Task<Answer> SendAsync(byte[] body, params (string Name, string? Value)[] changed)
    {
        var request = host.GitHub("issues", body);
        foreach (var (name, value) in changed)
        {
            if (name == "Content-Type")
                request.Content!.Headers.Remove(name);
            else
                request.Headers.Remove(name);
            if (value is null or "")
                continue;
            (name == "Content-Type" ? request.Content!.Headers.TryAddWithoutValidation(name, value) : request.Headers.TryAddWithoutValidation(name, value)).ShouldBeTrue();
        }

        return host.SendAsync(request);
    }

    private static void ShouldRefuse(Answer answer, int status, string mend, string? body = null)
    {
        answer.Status.ShouldBe(status, answer.Body);
        answer.Error.ShouldContain(mend);
        answer.Body.ShouldNotContain(LiveHost.GitHubSecret);
        answer.Body.Length.ShouldBeLessThan(500);
        if (!string.IsNullOrWhiteSpace(body))
            answer.Body.ShouldNotContain(body);
    }

    private static byte[] Bomb(string name) => name switch
    {
        "nested arrays" => Encoding.ASCII.GetBytes(new string('[', 10_000)),
        "nested objects" => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
        "one long array" => Encoding.ASCII.GetBytes("{\"action\":\"opened\",\"issue\":[" + string.Join(',', Enumerable.Repeat("1", 2_400_000)) + "]}"),
        "huge number" => Encoding.ASCII.GetBytes("{\"action\":\"opened\",\"issue\":{\"number\":" + new string('9', 1_000_000) + "}}"),
        "not UTF-8" => [.. "{\"action\":\""u8, 0xff, 0xfe, 0x80, .. "\"}"u8],
        "lone surrogate as number" => Encoding.ASCII.GetBytes("{\"action\":\"\\ud800\",\"issue\":{}}"),
        "UTF-16" => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Good)),
        _ => throw new ArgumentException(name, nameof(name)),
    };
}
