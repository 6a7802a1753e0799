using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class SettingsTests
{
    [Fact]
    public void Settings_are_read_from_their_section()
    {
        var options = From(new()
        {
            ["GitHub:WebhookSecrets:0"] = "new", ["GitHub:WebhookSecrets:1"] = "old", ["GitHub:AllowedBots:0"] = "triage[bot]",
            ["GitHub:AppId"] = "42", ["GitHub:PrivateKey"] = "key", ["GitHub:ApiBaseUrl"] = "https://ghe.example/api/v3",
        });

        options.WebhookSecrets.ShouldBe(["new", "old"]);
        options.AllowedBots.ShouldBe(["triage[bot]"]);
        (options.AppId, options.PrivateKey, options.ApiBaseUrl, options.Token).ShouldBe(("42", "key", "https://ghe.example/api/v3", null));
    }

    [Theory]
    [InlineData("env-1", "env-2", "env-1")]
    [InlineData(null, "env-2", "env-2")]
    [InlineData("", "env-2", "env-2")]
    [InlineData(null, null, null)]
    public void A_token_of_the_environment_serves_github_com(string? first, string? second, string? token) =>
        From([], ("GITHUB_TOKEN", first), ("GH_TOKEN", second)).Token.ShouldBe(token);

    [Fact]
    public void A_token_of_the_environment_is_told_to_no_other_host() =>
        From(new() { ["GitHub:ApiBaseUrl"] = "https://ghe.example/api/v3" }, ("GITHUB_TOKEN", "env-1")).Token.ShouldBeNull();

    [Fact]
    public void The_token_of_the_settings_goes_first() =>
        From(new() { ["GitHub:Token"] = "mine" }, ("GITHUB_TOKEN", "env-1")).Token.ShouldBe("mine");

    [Theory]
    [InlineData("ghe.example")]
    [InlineData("ftp://ghe.example")]
    [InlineData("http://ghe.example/api/v3")]
    [InlineData("https://me:secret@ghe.example/")]
    public async Task An_address_that_no_token_may_go_to_is_refused(string address) =>
        (await Should.ThrowAsync<UserErrorException>(() => Resolve(new GitHubOptions { ApiBaseUrl = address, Token = "t" }))).Message.ShouldContain("GitHub:ApiBaseUrl");

    [Fact]
    public async Task An_app_without_a_key_or_a_key_without_an_app_is_refused()
    {
        (await Should.ThrowAsync<UserErrorException>(() => Resolve(new GitHubOptions { AppId = "42" }))).Message.ShouldContain("GitHub:PrivateKey");
        (await Should.ThrowAsync<UserErrorException>(() => Resolve(new GitHubOptions { PrivateKey = "x" }))).Message.ShouldContain("GitHub:AppId");
    }

    [Fact]
    public async Task A_token_with_a_line_break_is_refused_without_repeating_it() =>
        (await Should.ThrowAsync<UserErrorException>(() => Resolve(new GitHubOptions { Token = "gh\nsecret" }))).Message.ShouldNotContain("secret");

    [Fact]
    public void Why_nothing_can_be_written_is_said_in_one_clause()
    {
        Tracker(new GitHubOptions()).WhyNotWritable.ShouldBe("no token and no app is set for GitHub");
        Tracker(new GitHubOptions { Token = "t" }).WhyNotWritable.ShouldBeNull();
        Tracker(new GitHubOptions { AppId = "42" }).WhyNotWritable!.ShouldContain("GitHub:PrivateKey");
    }

    [Theory]
    [InlineData("octo")]
    [InlineData("octo/lab/x")]
    [InlineData("octo/..")]
    [InlineData("../lab")]
    [InlineData("octo/la b")]
    [InlineData("octo/lab?x=1")]
    [InlineData("octo/lab#1")]
    [InlineData("octo\\lab")]
    [InlineData("https://github.com/octo/lab")]
    [InlineData("-octo/lab")]
    [InlineData("octo/lab%2e")]
    [InlineData("octo/läb")]
    [InlineData("octo/lab\n")]
    public async Task A_name_that_is_no_repository_is_refused_before_anything_is_sent(string project) =>
        (await Should.ThrowAsync<UserErrorException>(() => Tracker(new GitHubOptions { Token = "t" }).ResolveAsync(project, CancellationToken.None)))
            .Message.ShouldContain("github:owner/repo");

    private static Task<string> Resolve(GitHubOptions options) => Tracker(options).ResolveAsync("octo/lab", CancellationToken.None);

    private static GitHubTracker Tracker(GitHubOptions options) => new(options, new Unreachable(), TimeProvider.System);

    private static GitHubOptions From(Dictionary<string, string?> settings, params (string Name, string? Value)[] environment) => GitHubOptions.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), name => environment.FirstOrDefault(e => e.Name == name).Value);

    private sealed class Unreachable : Adapters.Trackers.Http.ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => throw new InvalidOperationException("Nothing is to be sent.");
    }
}
