namespace ServerlessBacklog.EndToEnd.Tests.Live;

public sealed class RecordedPayloadTests(LiveHost host) : IClassFixture<LiveHost>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Every_recorded_payload_of_GitHub_is_answered_well_and_in_time_and_known_when_it_comes_again()
    {
        Recorded.GitHub.Count.ShouldBe(329);
        foreach (var (name, body) in Recorded.GitHub)
        {
            var id = Guid.NewGuid().ToString();

            var first = await host.SendAsync(host.GitHub(name, body, id));
            var second = await host.SendAsync(host.GitHub(name, body, id));

            ShouldBeGood(first, name);
            first.Status.ShouldBeOneOf(200, 202);
            second.Status.ShouldBeOneOf(200, 202);
            second.Result.ShouldBe(name == "ping" ? "pong" : "repeated", name);
        }
    }

    [Fact]
    public async Task Every_recorded_payload_of_Azure_DevOps_is_answered_well_and_in_time_and_known_when_it_comes_again()
    {
        Recorded.AzureDevOps.Count.ShouldBe(14);
        foreach (var (name, body) in Recorded.AzureDevOps)
        {
            var first = await host.SendAsync(host.AzureDevOps(body));
            var second = await host.SendAsync(host.AzureDevOps(body));

            ShouldBeGood(first, name);
            first.Status.ShouldBeOneOf(200, 202);
            second.Result.ShouldBe("repeated", name);
        }
    }

    private static void ShouldBeGood(Answer answer, string name)
    {
        answer.Status.ShouldBeLessThan(500, name);
        answer.Took.ShouldBeLessThan(Longest, name);
        (answer.Result ?? answer.Error).ShouldNotBeNullOrEmpty(name);
    }
}
