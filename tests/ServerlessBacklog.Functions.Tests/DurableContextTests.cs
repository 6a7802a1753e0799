using Microsoft.DurableTask;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Workflow;
using RetryPolicy = ServerlessBacklog.Workflow.RetryPolicy;

namespace ServerlessBacklog.Functions.Tests;

public class DurableContextTests
{
    private static readonly ActivityRef<Letter, Letter> Post = new("Post", RetryPolicy.Default);

    private readonly FakeContext durable = new();

    private DurableContext Context => field ??= new DurableContext(durable);

    [Fact]
    public async Task An_activity_gets_its_input_and_gives_its_result_as_the_seam_writes_JSON()
    {
        durable.Answer = _ => Task.FromResult("""{"To":"Ben","Kind":"Express","Extra":1}""");

        var result = await Context.CallAsync(Post, new Letter("Zoë", Kind.Plain));

        result.ShouldBe(new Letter("Ben", Kind.Express));
        durable.Calls.Single().Name.ShouldBe("Post");
        durable.Calls.Single().Input.ShouldBe("""{"To":"Zoë","Kind":"Plain"}""");
    }

    [Fact]
    public void Activities_that_are_not_awaited_yet_are_all_asked_for()
    {
        _ = Enumerable.Range(0, 3).Select(n => Context.CallAsync(Post, new Letter($"{n}"))).ToList();

        durable.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public void A_retry_policy_reaches_Durable_unchanged()
    {
        var policy = new RetryPolicy(4, TimeSpan.FromSeconds(3), 1.5) { MaxDelay = TimeSpan.FromMinutes(2) };

        _ = Context.CallAsync(Post with { Retry = policy }, new Letter("Ben"));

        var mapped = durable.Calls.Single().Options!.Retry!.Policy!;
        mapped.MaxNumberOfAttempts.ShouldBe(4);
        mapped.FirstRetryInterval.ShouldBe(TimeSpan.FromSeconds(3));
        mapped.BackoffCoefficient.ShouldBe(1.5);
        mapped.MaxRetryInterval.ShouldBe(TimeSpan.FromMinutes(2));
        mapped.RetryTimeout.ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_first_delay_beyond_the_longest_one_is_cut_to_it()
    {
        var policy = new RetryPolicy(2, TimeSpan.FromMinutes(9)) { MaxDelay = TimeSpan.FromMinutes(1) };

        _ = Context.CallAsync(Post with { Retry = policy }, new Letter("Ben"));

        durable.Calls.Single().Options!.Retry!.Policy!.FirstRetryInterval.ShouldBe(policy.DelayAfter(1));
    }

    [Fact]
    public void An_activity_with_one_attempt_has_no_retries()
    {
        _ = Context.CallAsync(Post with { Retry = new RetryPolicy(1, TimeSpan.Zero) }, new Letter("Ben"));

        durable.Calls.Single().Options?.Retry.ShouldBeNull();
    }

    [Fact]
    public async Task An_activity_that_failed_says_why()
    {
        durable.Answer = _ => throw Failed("no stamps");

        var failure = await Should.ThrowAsync<ActivityFailedException>(() => Context.CallAsync(Post, new Letter("Ben")));

        failure.Message.ShouldBe("Post failed: no stamps");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Kind\":\"Unheard\"}")]
    public async Task A_result_that_cannot_be_read_fails_the_activity(string result)
    {
        durable.Answer = _ => Task.FromResult(result);

        var failure = await Should.ThrowAsync<ActivityFailedException>(() => Context.CallAsync(Post, new Letter("Ben")));

        failure.Message.ShouldContain("result of Post");
    }

    [Fact]
    public async Task An_input_that_is_too_long_is_refused_before_it_is_sent()
    {
        var body = new Letter(new string('x', WorkflowJson.MaxPayload));

        await Should.ThrowAsync<InvalidOperationException>(() => Context.CallAsync(Post, body));

        durable.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sleep_never_ends_early()
    {
        var until = new DateTimeOffset(2026, 3, 2, 14, 0, 0, TimeSpan.FromHours(2));

        var sleep = Context.SleepUntilAsync(until);
        durable.Elapse();
        await sleep;

        durable.Timers.Single().ShouldBe(new DateTime(2026, 3, 2, 12, 0, 1, DateTimeKind.Utc));
    }

    [Fact]
    public void A_sleep_that_is_left_open_holds_up_neither_the_end_nor_a_new_beginning()
    {
        var sleep = Context.SleepUntilAsync(Context.UtcNow + TimeSpan.FromDays(7));

        Context.Dispose();

        durable.OpenTimers.ShouldBe(0);
        sleep.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void The_time_is_UTC() => Context.UtcNow.ShouldBe(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void It_goes_by_the_id_of_its_instance() => Context.InstanceId.ShouldBe("parent");

    [Fact]
    public void Continuing_as_new_keeps_events_that_nobody_waited_for()
    {
        Context.ContinueAsNew(new Letter("Ben"));

        durable.Continued.ShouldBe(("""{"To":"Ben","Kind":"Plain"}""", true));
    }

    [Fact]
    public void A_status_is_shown_as_JSON()
    {
        Context.SetStatus(new Letter("Ben"));

        durable.Status.ShouldBe("""{"To":"Ben","Kind":"Plain"}""");
    }

    [Fact]
    public void A_status_that_would_fail_the_instance_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => Context.SetStatus(new string('x', WorkflowJson.MaxStatus)));

        durable.Status.ShouldBeNull();
    }

    internal static TaskFailedException Failed(string? message) =>
        new("Task", 1, message is null ? null! : new TaskFailureDetails("(unknown)", message, null, null, null));

    internal enum Kind
    {
        Plain,
        Express,
    }

    internal sealed record Letter(string To, Kind Kind = Kind.Plain);
}
