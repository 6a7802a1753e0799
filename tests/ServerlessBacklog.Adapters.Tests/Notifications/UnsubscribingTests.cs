using System.Text;
using System.Web;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

public sealed class UnsubscribingTests
{
    private const string Ada = "email:ada@example.com";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Looking_at_the_link_changes_nothing_and_the_button_stops_this_kind_for_this_address()
    {
        using var driver = new NotificationDriver();
        await driver.WantAsync(Ada, DigestKind.Team, DigestKind.Manager);
        await driver.WantAsync("email:bob@example.com", DigestKind.Team);
        var pages = new Unsubscribing(driver.Links, driver.Subscriptions);
        var link = (await driver.Links.OfAsync(NotificationDriver.Backlog, Ada, DigestKind.Team, Stop))!;

        var look = await pages.LookAsync(CallOf(link));
        look.Status.ShouldBe(200);
        look.ContentType.ShouldStartWith("text/html");
        Encoding.UTF8.GetString(look.ToBytes()).ShouldContain("<form method=\"post\">");
        (await OfAsync(driver, Ada)).ShouldBe([DigestKind.Team, DigestKind.Manager], ignoreOrder: true);

        (await pages.StopAsync(CallOf(link))).Status.ShouldBe(200);
        (await pages.StopAsync(CallOf(link))).Status.ShouldBe(200);

        (await OfAsync(driver, Ada)).ShouldBe([DigestKind.Manager]);
        (await OfAsync(driver, "email:bob@example.com")).ShouldBe([DigestKind.Team]);
        Encoding.UTF8.GetString((await pages.LookAsync(CallOf(link))).ToBytes()).ShouldContain("have stopped");
    }

    [Fact]
    public async Task A_seal_is_good_for_one_address_one_kind_and_one_backlog()
    {
        using var driver = new NotificationDriver();
        await driver.WantAsync(Ada, DigestKind.Team, DigestKind.Manager);
        var pages = new Unsubscribing(driver.Links, driver.Subscriptions);
        var link = (await driver.Links.OfAsync(NotificationDriver.Backlog, Ada, DigestKind.Team, Stop))!;

        foreach (var forged in (string[])[$"{link}0", $"{link}".Replace("kind=team", "kind=manager", StringComparison.Ordinal), $"{link}".Replace("owner%2Frepo", "other", StringComparison.Ordinal), $"{link}"[..^2], $"{link}".Replace("kind=team", "kind=7", StringComparison.Ordinal)])
        {
            (await pages.LookAsync(CallOf(new Uri(forged)))).Status.ShouldBe(404, forged);
            (await pages.StopAsync(CallOf(new Uri(forged)))).Status.ShouldBe(404, forged);
        }

        (await OfAsync(driver, Ada)).Count.ShouldBe(2);
    }

    private static async Task<IReadOnlyList<DigestKind>> OfAsync(NotificationDriver driver, string to) =>
        (await driver.Subscriptions.OfAsync(NotificationDriver.Backlog, Stop)).Single(s => s.To == to).Digests;

    private static Call CallOf(Uri link)
    {
        var query = HttpUtility.ParseQueryString(link.Query);
        return new Call(name => query[name], default, null!, Stop);
    }
}
