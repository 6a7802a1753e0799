using ServerlessBacklog.Testing.Workflow.Orchestrations;
using ServerlessBacklog.Workflow;
using Shouldly;
using Xunit;

namespace ServerlessBacklog.Testing.Workflow.Contracts;

/// <summary>Long texts travel whole or are refused with the limit.</summary>
public abstract class PayloadContract : WorkflowContract
{
    private const string Limit = "at most 524,288 travel through an orchestration";

    public static MatrixTheoryData<Place, int> Travels { get; } = new(Enum.GetValues<Place>(), [64 * 1024, 300 * 1024]);

    public static TheoryData<Place> Places { get; } = [.. Enum.GetValues<Place>()];

    [Theory]
    [MemberData(nameof(Travels))]
    public async Task A_long_text_travels_whole(Place place, int length)
    {
        var end = await RunAsync(CarriesText.Ref, "one", new LongText(place, length));

        end.Status.ShouldBe(InstanceStatus.Completed, end.Error);
        (end.OutputAs<string>() == Texts.Of(length)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData(300 * 1024)]
    public async Task A_long_input_and_output_travel_whole(int length)
    {
        var end = await RunAsync(Returns.Ref, "one", Texts.Of(length));

        (end.OutputAs<string>() == Texts.Of(length)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData(300 * 1024)]
    public async Task A_long_event_travels_whole(int length)
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval"));

        await RaiseAsync("one", "approval", Texts.Of(length));

        ((await Driver.EndAsync("one")).OutputAs<string>() == Texts.Of(length)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_text_that_is_too_long_fails_the_instance_with_the_limit(Place place)
    {
        var end = await RunAsync(CarriesText.Ref, "one", new LongText(place, WorkflowJson.MaxPayload));

        end.Status.ShouldBe(InstanceStatus.Failed);
        end.Error.ShouldNotBeNull().ShouldContain(Limit);
    }

    [Fact]
    public async Task An_input_that_is_too_long_is_refused_with_the_limit()
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(
            () => Client.StartAsync(Returns.Ref, "one", Texts.Of(WorkflowJson.MaxPayload), None));

        refusal.Message.ShouldContain(Limit);
        (await Client.FindAsync("one", None)).ShouldBeNull();
    }

    [Fact]
    public async Task An_event_that_is_too_long_is_refused_with_the_limit()
    {
        await StartAsync(AsksOnce.Ref, "one", new Ask("approval"));

        var refusal = await Should.ThrowAsync<InvalidOperationException>(
            () => Client.RaiseAsync("one", "approval", new Answer(Texts.Of(WorkflowJson.MaxPayload)), None));

        refusal.Message.ShouldContain(Limit);
        (await StatusAsync("one")).ShouldBe(InstanceStatus.Running);
    }
}
