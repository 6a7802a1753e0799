using ServerlessBacklog.StandIns.GitHub;

namespace ServerlessBacklog.StandIns.Tests.GitHub;

public sealed class LossyHookTests : GitHubTests
{
    internal override GitHubStandInOptions Options => base.Options with
    {
        Deliveries = new DeliveryFaults { DropShare = 0.25, LoseShare = 0.1, RepeatTimes = 3, Shuffle = true, Seed = 7 },
    };

    [Fact]
    public async Task Deliveries_get_lost_repeated_and_mixed_up_and_the_failed_ones_can_be_had_again()
    {
        GitHub.PauseDeliveries();
        for (var i = 0; i < 40; i++)
            await GitHub.OpenIssueAsync(Repo, "zoe", $"{i}");
        GitHub.ResumeDeliveries();
        await GitHub.DrainAsync();

        var guids = GitHub.Deliveries.Select(d => d.Delivery).Distinct().Count();
        guids.ShouldBeInRange(30, 39);
        GitHub.Deliveries.Count.ShouldBe(guids * 3);
        var dropped = GitHub.Deliveries.Count(d => !d.IsGood);
        dropped.ShouldBeInRange(15, 45);
        Receiver.Calls.Count.ShouldBe(guids * 3 - dropped);
        var numbers = Receiver.Calls.Select(c => c.Json["issue"]!["number"]!.GetValue<int>()).ToList();
        numbers.SequenceEqual(numbers.Order()).ShouldBeFalse();
        foreach (var failed in GitHub.Deliveries.Where(d => !d.IsGood))
            GitHub.Redeliver(failed.Id);
        await GitHub.DrainAsync();
        Receiver.Calls.Count.ShouldBe(guids * 3);
    }
}
