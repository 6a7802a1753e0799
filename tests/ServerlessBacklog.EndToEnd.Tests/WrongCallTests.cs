namespace ServerlessBacklog.EndToEnd.Tests;

public sealed class WrongCallTests(DemoRun demo)
{
    [Theory]
    [InlineData("frobnicate", "--help")]
    [InlineData("triage", "--help")]
    [InlineData("triage file:a.jsonl --wrong", "--help")]
    [InlineData("triage file:a.jsonl second", "--help")]
    [InlineData("triage jabber:abc", "file:PATH")]
    [InlineData("triage file:", "file:PATH")]
    [InlineData("triage nothing", "file:PATH")]
    [InlineData("triage --json file:a.jsonl", "Put SOURCE before --json")]
    [InlineData("triage file:a.jsonl --stale-after 0", "1 or more")]
    [InlineData("triage file:a.jsonl --stale-after abc", "1 or more")]
    [InlineData("triage file:a.jsonl --as-of garbage", "2026-11-22")]
    [InlineData("triage file:a.jsonl --framework best", "wsjf")]
    [InlineData("items --top 0", "1 or more")]
    [InlineData("items --mark odd", "Duplicate")]
    [InlineData("decisions", "--help")]
    [InlineData("serve --port 0", "65535")]
    [InlineData("serve --port abc", "65535")]
    [InlineData("completion fish", "bash")]
    [InlineData("connect github", "OWNER/REPO")]
    [InlineData("connect github not-a-repository --check", "github:owner/repo")]
    [InlineData("connect github acme/shop", "--url https://my-app.azurewebsites.net")]
    [InlineData("connect github acme/shop --check --url https://a.example", "takes no --url")]
    [InlineData("connect github acme/shop --url http://a.example", "https")]
    [InlineData("connect github acme/shop --url https://a.example/other", "Leave the path out")]
    [InlineData("connect github acme/shop --url https://localhost:7071", "tunnel")]
    [InlineData("connect github acme/shop --url https://a.example --org acme", "go with --new-app")]
    [InlineData("connect github acme/shop --url https://a.example --no-browser", "go with --new-app")]
    [InlineData("connect github acme/shop --new-app --url https://a.example", "leave out OWNER/REPO")]
    [InlineData("connect github --new-app", "--url https://my-app.azurewebsites.net")]
    [InlineData("connect github --new-app --url https://a.example --org a/b", "no organization")]
    [InlineData("connect github --new-app --url https://a.example --name a-name-that-is-longer-than-GitHub-takes", "1 to 34")]
    public async Task A_wrong_call_ends_with_2_and_a_hint(string call, string hint)
    {
        var ended = await demo.Program.RunAsync(call.Split(' '));

        ended.ShouldEndWith(2).Errors.ShouldContain(hint);
        ended.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("triage")]
    [InlineData("import")]
    [InlineData("assess")]
    [InlineData("items")]
    [InlineData("decisions list")]
    [InlineData("decisions show")]
    [InlineData("decisions why")]
    [InlineData("people list")]
    [InlineData("people import")]
    [InlineData("people unmapped")]
    [InlineData("serve")]
    [InlineData("completion")]
    [InlineData("connect")]
    [InlineData("connect github")]
    public async Task Help_of_every_command_shows_an_example(string command)
    {
        var ended = await demo.Program.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        ended.ShouldEndWith(0).Output.ShouldContain("Example");
        ended.Output.ShouldContain($"backlog {command}".TrimEnd());
    }

    [Theory]
    [InlineData("bash", "complete -o default")]
    [InlineData("zsh", "#compdef backlog")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_scripts_are_printed(string shell, string part) =>
        (await demo.Program.RunAsync("completion", shell)).ShouldEndWith(0).Output.ShouldContain(part);

    [Fact]
    public async Task The_completion_script_gets_its_words() =>
        (await demo.Program.RunAsync("[suggest:10]", "backlog tr")).ShouldEndWith(0).Output.ShouldContain("triage");
}
