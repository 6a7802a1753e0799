namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class LiveDemoTests
{
    [Fact]
    public async Task The_live_demonstration_comes_to_its_expected_end_and_breaks_no_rule()
    {
        using var program = new Backlog();
        var port = LocalPort.Free();

        var ended = await program.RunAsync("demo", "--live", "--once", "--pace", "0.2", "--port", $"{port}");

        ended.ShouldEndWith(0).Output.ShouldContain($"http://localhost:{port}/live");
        ended.Output.ShouldContain("13 of 13 happenings came to their expected end.");
        ended.Output.ShouldContain("0 with more than one; 0 people mentioned");
        ended.Output.ShouldContain("0 rules of GitHub broken");
        ended.Output.ShouldNotContain("NOT AS EXPECTED");
        ended.Output.ShouldContain("docs/live.md");
        Directory.Exists(program.PathOf(".backlog")).ShouldBeFalse("what is played is mixed with nothing that is kept");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_pace_that_is_none_is_a_wrong_call(string pace)
    {
        using var program = new Backlog();

        (await program.RunAsync("demo", "--live", "--pace", pace)).ShouldEndWith(2).Errors.ShouldContain("--pace");
    }

    [Fact]
    public async Task The_live_page_is_there_without_a_played_tracker()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C is sent as a signal.");
        using var program = new Backlog();
        var port = LocalPort.Free();
        var process = program.Start("serve", "--port", $"{port}");

        var page = await PageAsync(port, "/live");

        page.ShouldContain("What ServerlessBacklog does");
        page.ShouldNotContain("What happens on the tracker");
        (await PageAsync(port, "/")).ShouldContain("href=\"/live\"");
        await Backlog.InterruptAsync(process);
        (await Backlog.EndAsync(process)).ShouldEndWith(0);
    }

    private static async Task<string> PageAsync(int port, string path)
    {
        using var client = new HttpClient();
        return await LocalPort.GetAsync(client, port, path);
    }
}
