using System.Text.Json.Nodes;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Triage.Tests.Notifications;

public class NotificationSettingsTests
{
    [Fact]
    public void A_configuration_says_who_is_told_what()
    {
        var layer = new ConfigurationLayer("here", new Dictionary<string, JsonNode>
        {
            ["notifications.subscribers"] = JsonNode.Parse("""[{"to": "email:ada@example.com", "digests": ["manager", "personal"], "person": "ada", "time_zone": "Europe/Berlin", "weekday": "friday", "hour": 9}]""")!,
        });

        var settings = MergedConfiguration.Of(new TriageSettings(), "kept", [layer]).Settings;

        settings.Subscribers.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            s => s.To.ShouldBe("email:ada@example.com"),
            s => s.Digests.ShouldBe([DigestKind.Manager, DigestKind.Personal]),
            s => (s.Person, s.TimeZone, s.Weekday, s.Hour, s.QuietFrom).ShouldBe(("ada", "Europe/Berlin", DayOfWeek.Friday, 9, 19)));
        Contradictions.In(settings).ShouldBeEmpty();
    }

    [Fact]
    public void Who_is_told_makes_no_finding_out_of_date() =>
        (new TriageSettings() with { Subscribers = [new Subscriber { To = "teams" }] }).Version().ShouldBe(new TriageSettings().Version());

    [Theory]
    [InlineData("https://hooks.slack.com/services/T0/B0/xyz", "is no URL")]
    [InlineData("slack:https://hooks.slack.com/services/T0/B0/xyz", "is no URL")]
    [InlineData("email:ada@example.com\nBcc: x@example.com", "That is no address")]
    [InlineData(":ada", "That is no address")]
    [InlineData("", "An address is missing")]
    public void An_address_that_is_none_is_told_without_repeating_it(string to, string why)
    {
        var wrong = Contradictions.In(new TriageSettings { Subscribers = [new Subscriber { To = to }] }).ShouldHaveSingleItem();

        wrong.What.ShouldContain(why);
        wrong.What.ShouldNotContain("xyz");
    }

    [Fact]
    public void Zones_that_are_none_personal_digests_of_nobody_and_addresses_that_stand_twice_are_told()
    {
        var settings = new TriageSettings
        {
            Subscribers = [new Subscriber { To = "teams", TimeZone = "Europe/Berln" }, new Subscriber { To = "email:a@example.com", Digests = [DigestKind.Personal] }, new Subscriber { To = "Teams" }],
        };

        Contradictions.In(settings).Select(c => c.What).ShouldBe([
            "There is no time zone 'Europe/Berln'. Write its IANA name, for example Europe/Berlin.",
            "'email:a@example.com' wants a personal digest without saying whose. Add 'person', the login in the tracker.",
            "'teams' stands there twice. Give all its digests in one entry.",
        ]);
    }

    [Fact]
    public void A_link_to_a_question_is_read_as_it_was_written()
    {
        var ask = new AskLink("owner/repo & more", new("github", "owner/repo", "12"), "d-1 ü");

        AskLink.Of(ask.On(new Uri("https://backlog.example.com/base/"))).ShouldBe(ask);
        AskLink.Of(new Uri("https://backlog.example.com/review/x")).ShouldBeNull();
        AskLink.Of(new Uri("https://backlog.example.com/")).ShouldBeNull();
    }
}
