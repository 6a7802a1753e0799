using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using static ServerlessBacklog.Adapters.Tests.People.IPlayedTracker;

namespace ServerlessBacklog.Adapters.Tests.People;

public sealed class GitHubTellTests : TellJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedGitHub.StartAsync, ALowerPriority("P3"));
}

public sealed class AzureDevOpsTellTests : TellJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedAzureDevOps.StartAsync, ALowerPriority("3"));
}

/// <summary>A pin that holds, and commands that only tell something.</summary>
public abstract class TellJourneys
{
    private protected abstract Task<PeopleHost> StartAsync();

    private protected static Func<WorkItem, IReadOnlyList<Change>> ALowerPriority(string priority) => _ => [new SetField(WorkItemField.Priority, priority)];

    [Fact]
    public async Task A_pinned_priority_stays_however_often_the_item_is_triaged()
    {
        await using var host = await StartAsync();
        await host.AllowAsync(Autonomy.Auto);
        var number = await host.OpenAsync();
        host.Tracker.Priority(number).ShouldBe(host.Tracker.Priorities.Low);

        await host.SayAsync(number, Ada, $"/backlog pin {host.Tracker.Priorities.High} because the fair is next week");

        host.Tracker.Priority(number).ShouldBe(host.Tracker.Priorities.High);
        host.Replies(number).ShouldHaveSingleItem().ShouldContain("Pinned");
        for (var i = 0; i < 10; i++)
        {
            await host.PassAsync(TimeSpan.FromMinutes(11));
            await host.DoAsync(() => host.Tracker.EditBodyAsync(number, Rita, $"Steps: log in {i} times. Expected: full. Actual: empty."));
            await host.TriageAsync(number);
            host.Tracker.Priority(number).ShouldBe(host.Tracker.Priorities.High);
        }

        await host.PassAsync(TimeSpan.FromMinutes(11));
        await host.SayAsync(number, Ada, "/backlog why");
        host.Replies(number)[^1].ShouldContain("the fair is next week");
    }

    [Fact]
    public async Task Each_command_of_a_comment_is_carried_out()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();
        var before = host.Tracker.State(number);

        await host.SayAsync(number, Ada, $"/backlog pin {host.Tracker.Priorities.High}\n/backlog assign me\n/backlog why");

        host.Tracker.Priority(number).ShouldBe(host.Tracker.Priorities.High);
        host.Tracker.State(number).ShouldContain(host.Tracker.Login(Ada));
        host.Replies(number).Count.ShouldBe(3);
        before.ShouldNotContain(host.Tracker.Login(Ada));
    }

    [Fact]
    public async Task A_priority_is_pinned_by_the_word_that_the_help_uses_or_the_person_is_told_which_there_are()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();

        await host.SayAsync(number, Ada, "/backlog pin P1 because the fair is next week");

        host.Replies(number).ShouldHaveSingleItem().ShouldContain("Pinned");
        host.Tracker.Priority(number).ShouldBe(host.Tracker.Priorities.High);
    }

    [Theory]
    [InlineData("why", "riority")]
    [InlineData("status", "Asked since")]
    [InlineData("help", "/backlog keep")]
    [InlineData("next", "")]
    [InlineData("aprove", "approve")]
    [InlineData("", "/backlog")]
    [InlineData("keep because @ada said so to @octocat/all", "Kept open")]
    public async Task Each_command_has_one_reply_that_calls_nobody_and_tells_no_secret(string command, string says)
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync("The basket of @grace and @octo/team is empty");

        await host.SayAsync(number, Mallory, $"/backlog {command}");
        await host.DoAsync(host.RepeatCommentAsync);

        var reply = host.Replies(number).ShouldHaveSingleItem();
        reply.ShouldContain(says);
        host.Tracker.Called.ShouldBeEmpty();
        foreach (var secret in host.Tracker.Secrets)
        {
            reply.ShouldNotContain(secret);
            host.Log.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_person_who_says_much_in_a_short_time_is_answered_each_time()
    {
        await using var host = await StartAsync();
        var number = await host.OpenAsync();

        for (var i = 1; i <= 8; i++)
        {
            await host.SayAsync(number, Ada, "/backlog status");
            host.Replies(number).Count.ShouldBe(i);
        }
    }
}
