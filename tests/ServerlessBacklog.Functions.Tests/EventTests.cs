using ServerlessBacklog.Functions.Tests.Fakes;

namespace ServerlessBacklog.Functions.Tests;

public class EventTests
{
    private const string Name = "approval:7";

    private readonly FakeContext durable = new();

    private DurableContext Context => field ??= new DurableContext(durable);

    [Fact]
    public async Task An_event_that_comes_in_time_is_returned()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(1));

        durable.Raise(Name, """{"Text":"yes"}""");

        (await wait).ShouldBe(new Answer("yes"));
    }

    [Fact]
    public async Task A_wait_that_times_out_gives_null()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(1));

        durable.Elapse();

        (await wait).ShouldBeNull();
        durable.Timers.Single().ShouldBe(new DateTime(2026, 3, 2, 12, 0, 1, DateTimeKind.Utc));
    }

    [Fact]
    public async Task A_wait_without_an_end_sets_no_timer()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name);

        durable.Raise(Name, """{"Text":"yes"}""");

        (await wait).ShouldNotBeNull();
        durable.Timers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_that_was_waited_for_in_vain_is_not_waited_for_again()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(1));
        durable.Elapse();
        await wait;

        await Should.ThrowAsync<InvalidOperationException>(() => Context.WaitForEventAsync<Answer>(Name.ToUpperInvariant()));
    }

    [Fact]
    public async Task A_name_has_one_waiter()
    {
        _ = Context.WaitForEventAsync<Answer>(Name);

        await Should.ThrowAsync<InvalidOperationException>(() => Context.WaitForEventAsync<Answer>(Name));
    }

    [Fact]
    public async Task A_name_whose_event_came_is_waited_for_again()
    {
        var first = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(1));
        durable.Raise(Name, """{"Text":"yes"}""");
        await first;

        var second = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(1));
        durable.Raise(Name, """{"Text":"no"}""");

        (await second).ShouldBe(new Answer("no"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_an_error_that_names_it()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name);

        durable.Raise(Name, "[]");

        (await Should.ThrowAsync<InvalidOperationException>(() => wait)).Message.ShouldContain(Name);
    }

    [Fact]
    public async Task An_event_in_time_cancels_the_timer()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(1));

        durable.Raise(Name, """{"Text":"yes"}""");

        await wait;
        durable.OpenTimers.ShouldBe(0);
    }

    [Fact]
    public void A_wait_that_is_left_open_holds_up_neither_the_end_nor_a_new_beginning()
    {
        var wait = Context.WaitForEventAsync<Answer>(Name, TimeSpan.FromDays(7));

        Context.Dispose();

        durable.OpenTimers.ShouldBe(0);
        wait.IsCompleted.ShouldBeFalse();
    }

    internal sealed record Answer(string Text);
}
