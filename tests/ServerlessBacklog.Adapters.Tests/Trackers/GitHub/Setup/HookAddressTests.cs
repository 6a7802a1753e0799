using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub.Setup;

public class HookAddressTests
{
    private const string Cloud = GitHubOptions.DefaultApiBaseUrl;
    private const string Enterprise = "https://ghe.example/api/v3";
    private const string Here = "http://127.0.0.1:5000";

    [Theory]
    [InlineData("https://my-app.azurewebsites.net", Cloud, "https://my-app.azurewebsites.net/hooks/github")]
    [InlineData(" https://my-app.azurewebsites.net/ ", Cloud, "https://my-app.azurewebsites.net/hooks/github")]
    [InlineData("https://my-app.azurewebsites.net/hooks/github", Cloud, "https://my-app.azurewebsites.net/hooks/github")]
    [InlineData("https://my-app.azurewebsites.net/hooks/github/", Cloud, "https://my-app.azurewebsites.net/hooks/github")]
    [InlineData("https://a1b2.tunnel.example:8443", Cloud, "https://a1b2.tunnel.example:8443/hooks/github")]
    [InlineData("https://10.0.0.8", Enterprise, "https://10.0.0.8/hooks/github")]
    [InlineData("https://backlog", Enterprise, "https://backlog/hooks/github")]
    [InlineData("http://localhost:7071", Here, "http://localhost:7071/hooks/github")]
    [InlineData("http://127.0.0.1:7071", Here, "http://127.0.0.1:7071/hooks/github")]
    [InlineData("https://8.8.8.8", Cloud, "https://8.8.8.8/hooks/github")]
    [InlineData("https://172.32.0.1", Cloud, "https://172.32.0.1/hooks/github")]
    public void The_address_of_a_host_is_completed(string text, string gitHub, string address) => HookAddress.Parse(text, gitHub).ToString().ShouldBe(address);

    [Theory]
    [InlineData("my-app.azurewebsites.net", Cloud, "not an address")]
    [InlineData("ftp://my-app.example", Cloud, "not an address")]
    [InlineData("", Cloud, "not an address")]
    [InlineData("http://my-app.azurewebsites.net", Cloud, "https")]
    [InlineData("http://ghe-host.example", Enterprise, "https")]
    [InlineData("https://my-app.azurewebsites.net/api", Cloud, "Leave the path out: https://my-app.azurewebsites.net")]
    [InlineData("https://my-app.azurewebsites.net/hooks/github?code=abc", Cloud, "more than an address")]
    [InlineData("https://me:pass@my-app.azurewebsites.net", Cloud, "more than an address")]
    [InlineData("https://my-app.azurewebsites.net#x", Cloud, "more than an address")]
    [InlineData("http://localhost:7071", Cloud, "tunnel")]
    [InlineData("https://localhost:7071", Cloud, "tunnel")]
    [InlineData("http://127.0.0.1:7071", Enterprise, "tunnel")]
    [InlineData("https://[::1]:7071", Cloud, "tunnel")]
    [InlineData("https://10.1.2.3", Cloud, "private network")]
    [InlineData("https://172.20.0.1", Cloud, "private network")]
    [InlineData("https://192.168.1.4", Cloud, "private network")]
    [InlineData("https://[fd00::1]", Cloud, "private network")]
    [InlineData("https://[::ffff:10.0.0.1]", Cloud, "private network")]
    [InlineData("https://nas.local", Cloud, "private network")]
    [InlineData("https://buildbox", "https://api.acme.ghe.com", "private network")]
    public void An_address_that_GitHub_could_not_call_is_refused_with_the_mend(string text, string gitHub, string mend)
    {
        var error = Should.Throw<UserErrorException>(() => HookAddress.Parse(text, gitHub));

        error.Message.ShouldContain(mend);
        error.Message.ShouldNotContain("pass");
        error.Message.ShouldNotContain("code=abc");
    }
}
