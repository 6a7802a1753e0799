using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class RateTests : GitHubTests
{
    internal override GitHubStandInOptions Options => base.Options with { Rates = new GitHubRateRules { PerHour = 200, AnonymousPerHour = 3, ContentWritesPerHour = 100 } };

    [Fact]
    public async Task Requests_without_a_token_are_few()
    {
        for (var i = 0; i < 3; i++)
            (await Anonymous.GetAsync($"/repos/{Repo}")).Status.ShouldBe(200);

        var refused = await Anonymous.GetAsync($"/repos/{Repo}");

        refused.Status.ShouldBe(403);
        refused.Header("x-ratelimit-remaining").ShouldBe("0");
        refused.Header("x-ratelimit-reset").ShouldBe($"{Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}");
        GitHub.Breaches.Count.ShouldBe(1);
        Clock.Advance(TimeSpan.FromHours(1));
        (await Anonymous.GetAsync($"/repos/{Repo}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Writes_closer_than_a_second_are_noted()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");

        await WriteAsync("a");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync("b");
        GitHub.Breaches.ShouldBeEmpty();
        Clock.Advance(TimeSpan.FromSeconds(0.9));
        await WriteAsync("c");

        GitHub.Breaches.ShouldHaveSingleItem().Rule.ShouldBe("a write less than 1 s after the last one");
    }

    [Fact]
    public async Task More_than_80_writes_a_minute_are_refused_with_a_time_to_wait()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        for (var i = 0; i < 80; i++)
            (await WriteAsync($"l{i}")).Status.ShouldBe(200);

        var refused = await WriteAsync("one more");

        refused.Status.ShouldBe(403);
        refused.Header("Retry-After").ShouldBe("60");
        GitHub.Issue(Repo, 1).Labels.Count.ShouldBe(80);
    }

    [Fact]
    public async Task More_writes_than_allowed_an_hour_are_refused()
    {
        await GitHub.OpenIssueAsync(Repo, "zoe", "One");
        for (var i = 0; i < 100; i++, Clock.Advance(TimeSpan.FromSeconds(2)))
            (await WriteAsync($"l{i}")).Status.ShouldBe(200);

        (await WriteAsync("one more")).Status.ShouldBe(403);

        GitHub.Breaches.ShouldHaveSingleItem().Rule.ShouldBe("more than 100 content writes an hour");
    }

    [Fact]
    public async Task Requests_before_a_retry_after_has_passed_break_a_rule_even_when_it_came_with_200()
    {
        GitHub.Fail(Fault.RetryAfterOn200(30));
        var first = await Anna.GetAsync($"/repos/{Repo}");

        var early = await Anna.GetAsync($"/repos/{Repo}");
        Clock.Advance(TimeSpan.FromSeconds(30));
        var later = await Anna.GetAsync($"/repos/{Repo}");

        (first.Status, first.Header("Retry-After")).ShouldBe((200, "30"));
        early.Status.ShouldBe(403);
        later.Status.ShouldBe(200);
        GitHub.Breaches.ShouldHaveSingleItem().Rule.ShouldBe("a request before Retry-After had passed");
    }

    [Theory]
    [InlineData(403, null)]
    [InlineData(429, 7)]
    public async Task Secondary_limits_come_with_and_without_a_time_to_wait(int status, int? seconds)
    {
        GitHub.Fail(Fault.SecondaryLimit(seconds, status));

        var answer = await Anna.GetAsync($"/repos/{Repo}");

        (answer.Status, answer.Header("Retry-After")).ShouldBe((status, seconds?.ToString()));
        answer.Message.ShouldStartWith("You have exceeded a secondary rate limit.");
    }

    [Fact]
    public async Task The_look_at_the_limits_is_free()
    {
        await Anna.GetAsync($"/repos/{Repo}");

        await Anna.GetAsync("/rate_limit");
        var limits = (await Anna.GetAsync("/rate_limit")).Json["resources"]!["core"]!;

        (limits["limit"]!.GetValue<int>(), limits["used"]!.GetValue<int>()).ShouldBe((200, 1));
    }

    private Task<Reply> WriteAsync(string label) => Anna.PostAsync($"/repos/{Repo}/issues/1/labels", new { labels = new[] { label } });
}
