using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Triage.Tests.Intake;

public class RouteMatchTests
{
    [Theory]
    [InlineData("GET", "/api/health", "Health")]
    [InlineData("get", "api/health/", "Health")]
    [InlineData("GET", "/API/Health", "Health")]
    [InlineData("POST", "/api/sweep", "StartSweep")]
    [InlineData("POST", "/hooks/github", "Hook")]
    [InlineData("POST", "/hooks/slack", "Slack")]
    [InlineData("GET", "/hooks/unsubscribe", "UnsubscribePage")]
    [InlineData("POST", "/hooks/unsubscribe", "Unsubscribe")]
    [InlineData("GET", "/api/status/owner/repo", "Status")]
    public void A_path_leads_to_its_route(string method, string path, string name) => RouteMatch.Of(method, path, Routes.All).Route!.Name.ShouldBe(name);

    [Theory]
    [InlineData("/api/status/owner/repo", "owner/repo")]
    [InlineData("/api/status/owner%2Frepo", "owner/repo")]
    [InlineData("/api/status/a%2520b", "a%20b")]
    [InlineData("/api/status/%C3%BC", "ü")]
    public void What_stands_in_a_path_is_unescaped_once(string path, string backlog) => RouteMatch.Of("GET", path, Routes.All).Values["backlog"].ShouldBe(backlog);

    [Theory]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/hooks/github/more", 404)]
    [InlineData("GET", "/api/sweep", 405)]
    [InlineData("GET", "/hooks/slack", 405)]
    [InlineData("DELETE", "/hooks/unsubscribe", 405)]
    public void What_leads_nowhere_is_told_why(string method, string path, int status)
    {
        var match = RouteMatch.Of(method, path, Routes.All);

        match.Route.ShouldBeNull();
        match.Refusal().Status.ShouldBe(status);
    }
}
