using System.Text;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

public sealed class AzureHookQueueTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private AzuritePlace place = null!;

    public async ValueTask InitializeAsync() => place = await AzuritePlace.TakeAsync(azurite);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Plain_and_encoded_messages_are_taken_alike()
    {
        await SendAsync("""{"eventType":"workitem.created","title":"Żółw"}""");
        await SendAsync(Convert.ToBase64String("""{"eventType":"workitem.updated","title":"Żółw"}"""u8));

        var hooks = await Queue().TakeAsync(32, None);

        hooks.Select(h => Encoding.UTF8.GetString(h.Body.Span)).ShouldBe(
            ["""{"eventType":"workitem.created","title":"Żółw"}""", """{"eventType":"workitem.updated","title":"Żółw"}"""], ignoreOrder: true);
        hooks.ShouldAllBe(h => h.Tracker == "azuredevops" && h.Tries == 1 && h.Id.Length > 0);
    }

    [Fact]
    public async Task A_message_that_is_neither_is_handed_on_as_it_is()
    {
        await SendAsync("no json, nor base64!");

        Encoding.UTF8.GetString((await Queue().TakeAsync(1, None)).Single().Body.Span).ShouldBe("no json, nor base64!");
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_empty() => (await Queue().TakeAsync(5, None)).ShouldBeEmpty();

    [Fact]
    public async Task What_waits_and_what_was_put_aside_is_counted_and_a_queue_that_is_not_there_is_told_from_an_empty_one()
    {
        var none = await Queue().CountAsync(None);
        await SendAsync("{}");
        await SendAsync("{}");
        await Queue().PutAsideAsync((await Queue().TakeAsync(1, None)).Single(), "it cannot be read", None);

        none.ShouldBe((null, null));
        (await Queue().CountAsync(None)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task What_is_done_is_gone_and_may_be_done_twice()
    {
        await SendAsync("{}");
        var hook = (await Queue().TakeAsync(1, None)).Single();

        await Queue().DoneAsync(hook, None);
        await Queue().DoneAsync(hook, None);

        (await CountAsync(place.Name)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_taken_is_hidden_from_others_and_comes_again_unless_it_is_done()
    {
        await SendAsync("{}");
        await Queue().TakeAsync(1, None);

        (await Queue().TakeAsync(1, None)).ShouldBeEmpty();
        (await CountAsync(place.Name)).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_handled_is_put_aside_unchanged()
    {
        await SendAsync("""{"odd":true}""");
        var hook = (await Queue().TakeAsync(1, None)).Single();

        await Queue().PutAsideAsync(hook, "it names no event", None);

        (await CountAsync(place.Name)).ShouldBe(0);
        var poison = (await new QueueClient(place.Connection, $"{place.Name}-poison").PeekMessagesAsync(5, None)).Value.ShouldHaveSingleItem();
        poison.Body.ToString().ShouldBe("""{"odd":true}""");
        (poison.ExpiresOn is null || poison.ExpiresOn.Value.Year > 9000).ShouldBeTrue();
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Hooks")]
    [InlineData("a--b")]
    [InlineData("../x")]
    public void A_name_that_is_none_of_a_queue_is_refused(string name) =>
        Should.Throw<UserErrorException>(() => new AzureHookQueue(place.Open(), "azuredevops", name, NullLogger<AzureHookQueue>.Instance))
            .Message.ShouldContain("AzureDevOps:HookQueue");

    [Theory]
    [InlineData(null, "needs Storage:Connection")]
    [InlineData("TableEndpoint=http://127.0.0.1:1/acct;BlobEndpoint=http://127.0.0.1:1/acct;SharedAccessSignature=sv=2024-11-04&sig=aHVzaA%3D%3D", "QueueEndpoint")]
    public void A_setting_without_queues_is_refused(string? connection, string words) =>
        Should.Throw<UserErrorException>(() => AzureHookQueue.Open("azuredevops", connection, "hooks", NullLogger<AzureHookQueue>.Instance)).Message.ShouldContain(words);

    private AzureHookQueue Queue() => new AzureHookQueue(place.Open(), "azuredevops", place.Name, NullLogger<AzureHookQueue>.Instance);

    private async Task SendAsync(string message)
    {
        var queue = new QueueClient(place.Connection, place.Name);
        await queue.CreateIfNotExistsAsync(cancellationToken: None);
        await queue.SendMessageAsync(message, None);
    }

    private async Task<int> CountAsync(string name) => (await new QueueClient(place.Connection, name).GetPropertiesAsync(None)).Value.ApproximateMessagesCount;
}
