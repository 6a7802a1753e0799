using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class ErrorTests
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(203)]
    [InlineData(200)]
    [InlineData(401)]
    public async Task A_page_to_sign_in_with_says_that_the_token_is_not_taken(int status)
    {
        await using var azure = await WithAsync(_ => Reply.Page(status));
        using var tracker = azure.Tracker();

        var fault = await Should.ThrowAsync<UserErrorException>(() => ReadAsync(tracker));

        fault.Message.ShouldContain("does not take the token");
        fault.Message.ShouldContain("Work Items (Read & write)");
        fault.ToString().ShouldNotContain("hush-token");
    }

    [Fact]
    public async Task A_redirect_to_sign_in_is_followed_or_not_and_told_alike()
    {
        await using var azure = await WithAsync(_ => Reply.Page(302, "/_signin?realm=dev.azure.com"));
        azure.On("GET", "/_signin", _ => Reply.Page(200));
        using var tracker = azure.Tracker();

        (await Should.ThrowAsync<UserErrorException>(() => ReadAsync(tracker))).Message.ShouldContain("does not take the token");
    }

    [Fact]
    public async Task A_project_that_is_not_public_asks_for_a_token()
    {
        await using var azure = await WithAsync(_ => Reply.Page(203));
        using var tracker = azure.Tracker(o => o with { Token = null });

        (await Should.ThrowAsync<UserErrorException>(() => ReadAsync(tracker))).Message.ShouldContain("set AzureDevOps:Token");
        tracker.WhyNotWritable.ShouldBe("no token is set (AzureDevOps:Token)");
        azure.Calls.ShouldAllBe(c => !c.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData(404, "TF200016: The following project does not exist: Web Shop. Verify that the name of the project is correct.", "has no project 'Web Shop'")]
    [InlineData(404, "", "There is no organization 'contoso'")]
    [InlineData(403, "TF401027: You need the 'Read' permission", "Work Items (Read & write)")]
    [InlineData(400, "TF51005: The query references a field that does not exist.", "HTTP 400, TF51005")]
    public async Task A_refusal_is_told_with_the_mend(int status, string message, string words)
    {
        await using var azure = await WithAsync(_ => message.Length == 0 ? Reply.Page(status) : Reply.Error(status, message));
        using var tracker = azure.Tracker();

        var fault = await Should.ThrowAsync<UserErrorException>(() => ReadAsync(tracker));

        fault.Message.ShouldContain(words);
    }

    [Fact]
    public async Task A_service_that_is_busy_is_tried_again_by_others()
    {
        await using var azure = await WithAsync(_ => Reply.Error(429, "TF400733: The request has been canceled."));
        using var tracker = azure.Tracker();

        await Should.ThrowAsync<HttpRequestException>(() => ReadAsync(tracker));
    }

    [Fact]
    public async Task The_token_travels_as_a_password_and_the_redirect_to_a_page_is_declined()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        using var tracker = azure.Tracker();

        await tracker.ResolveAsync("contoso/web shop", None);

        var call = azure.Calls.Single();
        call.Headers["Authorization"].ShouldBe("Basic " + Convert.ToBase64String(":hush-token"u8));
        call.Headers["X-TFS-FedAuthRedirect"].ShouldBe("Suppress");
        call.Headers["Accept-Language"].ShouldStartWith("en");
    }

    [Fact]
    public async Task A_project_is_spelled_as_the_tracker_spells_it_and_its_name_is_escaped()
    {
        await using var azure = await ScriptedAzure.StartAsync();
        azure.On("GET", "/contoso/_apis/projects/Żółw 2\\.0 \\(old\\)", _ => Reply.Json(new { name = "Żółw 2.0 (new)", url = "https://dev.azure.com/Contoso/_apis/projects/1" }));
        using var tracker = azure.Tracker();

        (await tracker.ResolveAsync("contoso/Żółw 2.0 (old)", None)).ShouldBe("Contoso/Żółw 2.0 (new)");
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("contoso/")]
    [InlineData("contoso/a/b")]
    [InlineData("contoso/..")]
    [InlineData("../contoso")]
    [InlineData("contoso/%2e%2e")]
    [InlineData("contoso/a?b")]
    [InlineData("contoso/a#b")]
    [InlineData("contoso/a\\b")]
    [InlineData("con toso/a")]
    [InlineData("contoso/_a")]
    [InlineData("contoso/a\u0000")]
    public async Task A_name_that_is_none_is_refused_before_anything_is_asked(string project)
    {
        await using var azure = await ScriptedAzure.StartAsync();
        using var tracker = azure.Tracker();

        (await Should.ThrowAsync<UserErrorException>(() => tracker.ResolveAsync(project, None))).Message.ShouldContain("azuredevops:org/project");
        await Should.ThrowAsync<UserErrorException>(() => tracker.ReadPageAsync(new TrackerPageRequest(project, null, null), None));
        azure.Calls.ShouldBeEmpty();
    }

    private static Task<TrackerPage> ReadAsync(AzureDevOpsTracker tracker) => tracker.ReadPageAsync(new TrackerPageRequest("contoso/Web Shop", null, null), None);

    private static async Task<ScriptedAzure> WithAsync(Func<Asked, Reply> answer) =>
        (await ScriptedAzure.StartAsync()).On("POST", "/contoso/Web Shop/_apis/wit/wiql", answer);
}
