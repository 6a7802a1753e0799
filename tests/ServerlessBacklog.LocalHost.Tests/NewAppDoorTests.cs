using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.LocalHost.Pages;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Tests;

public class NewAppDoorTests
{
    [Fact]
    public async Task A_page_that_nobody_answers_is_closed_after_half_an_hour()
    {
        var clock = new FakeTimeProvider();
        await using var door = new NewAppDoor(
            new AppRegistration(new GitHubOptions(), new NoHttp(), clock), new AppWish("Backlog", new Uri("https://a.example/hooks/github"), null, false), _ => throw new InvalidOperationException("nothing is to be kept"), clock);
        await door.OpenAsync(TestContext.Current.CancellationToken);
        var waiting = door.WaitAsync(TestContext.Current.CancellationToken);

        clock.Advance(NewAppDoor.Patience - TimeSpan.FromSeconds(1));
        waiting.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<UserErrorException>(() => waiting)).Message.ShouldContain("within 30 minutes");
    }

    [Theory]
    [InlineData("https://my-app.azurewebsites.net/hooks/github", "Backlog my-app")]
    [InlineData("https://an-app-with-a-very-long-name-indeed.azurewebsites.net", "Backlog an-app-with-a-very-long-na")]
    [InlineData("https://0123456789-0123456789-012--9.example", "Backlog 0123456789-0123456789-012")]
    public void A_name_tells_whose_app_it_is_and_is_not_too_long(string url, string name) => NewGitHubApp.NameFor(new Uri(url)).ShouldBe(name);

    private sealed class NoHttp : ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => throw new InvalidOperationException("Nothing is to be sent.");
    }
}
