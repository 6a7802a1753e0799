using System.Net.Sockets;
using System.Text.Json;
using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>The built program with a language model that is played over HTTP, and with ones that fail.</summary>
public sealed class ModelTests : IDisposable
{
    private const string Key = "key-of-tests";

    private readonly Backlog program = new();

    public ModelTests() => program.Write("a.jsonl", string.Concat(Enumerable.Range(1, 4).Select(i =>
        $$"""{"id":"{{i}}","title":"It breaks again {{i}}","body":"Please fix it, it is broken in some way. {{Different[i - 1]}}","type":"bug","created_at":"2024-02-0{{i}}T10:00:00Z","state":"open"}""" + "\n")));

    private static string[] Different { get; } = ["The menu is green.", "A bell rings thrice.", "Sometimes at night only.", "My cat dislikes the font."];

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_model_has_its_part_in_findings_and_the_second_run_asks_nothing()
    {
        await using var model = await StartAsync();

        var first = await program.RunAsync("triage", "a.jsonl", "--json", "f.json", "--report", "r.html");
        var asked = model.Requests.Count;
        var second = await program.RunAsync("triage", "a.jsonl");

        first.ShouldEndWith(0).Output.ShouldContain("Language model scripted: a part in ");
        asked.ShouldBeGreaterThan(0);
        model.Requests.Count.ShouldBe(asked);
        second.ShouldEndWith(0).Output.ShouldContain("nothing had changed since the last run");
        using var json = JsonDocument.Parse(File.ReadAllText(program.PathOf("f.json")));
        json.RootElement.GetProperty("models").EnumerateArray().Sum(m => m.GetProperty("answered").GetInt32()).ShouldBe(asked);
        File.ReadAllText(program.PathOf("r.html")).ShouldContain("Language models");
        (await program.RunAsync("decisions", "why", "1")).ShouldEndWith(0).Output.ShouldContain("scripted, prompt clarify 1 (");
    }

    [Fact]
    public async Task A_plan_says_what_a_run_then_asks_and_asks_nothing_itself()
    {
        await using var model = await StartAsync();
        program.Environment["Models__InputPrice"] = "2";
        program.Environment["Models__OutputPrice"] = "8";

        var plan = await program.RunAsync("triage", "a.jsonl", "--plan", "--json");
        model.Requests.ShouldBeEmpty();
        (await program.RunAsync("triage", "a.jsonl", "--quiet")).ShouldEndWith(0);

        using var json = JsonDocument.Parse(plan.ShouldEndWith(0).Output);
        json.RootElement.GetProperty("questions").GetInt64().ShouldBe(model.Requests.Count);
        json.RootElement.GetProperty("cost").GetDecimal().ShouldBeGreaterThan(0);
        var (planned, used) = (json.RootElement.GetProperty("rows").EnumerateArray().Sum(r => r.GetProperty("input_tokens").GetInt64()), model.Chats.Values.Sum(c => c.InputTokens));
        ((double)planned / used).ShouldBeInRange(0.8, 1.25);
    }

    [Theory]
    [InlineData("wrong key")]
    [InlineData("no such deployment")]
    [InlineData("no json_schema")]
    [InlineData("nobody there")]
    [InlineData("a wrong setting")]
    public async Task Whatever_is_wrong_with_the_model_the_triage_ends_well_and_says_so(string fault)
    {
        await using var model = await StartAsync(o => o with { KnowsJsonSchema = fault != "no json_schema" });
        program.Environment["Models__Retries"] = "0";
        switch (fault)
        {
            case "wrong key": program.Environment["Models__ApiKey"] = "other"; break;
            case "no such deployment": program.Environment["Models__ChatDeployment"] = "other"; break;
            case "nobody there": program.Environment["Models__Endpoint"] = $"http://127.0.0.1:{LocalPort.Free()}/v1"; break;
            case "a wrong setting": program.Environment["Models__Endpoint"] = "not an address"; break;
        }

        var ended = await program.RunAsync("triage", "a.jsonl", "--json", "f.json");

        ended.ShouldEndWith(0);
        $"{ended.Output}{ended.Errors}".ShouldContain("by rules alone", Case.Insensitive);
        $"{ended.Output}{ended.Errors}".ShouldNotContain(Key);
        using var json = JsonDocument.Parse(File.ReadAllText(program.PathOf("f.json")));
        json.RootElement.GetProperty("counts").GetProperty("clarity").GetProperty("decided").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Local_only_opens_no_connection()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        program.Environment["Models__Endpoint"] = $"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}/v1";
        program.Environment["Models__ApiKey"] = Key;
        program.Environment["Models__ChatDeployment"] = "scripted";
        program.Environment["Models__EmbeddingDeployment"] = "scripted-embedding";
        program.Environment["Triage__Encoder"] = "model";
        program.Environment["Models__LocalOnly"] = "true";

        (await program.RunAsync("triage", "a.jsonl")).ShouldEndWith(0);

        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task An_evaluation_of_a_prompt_is_kept_and_says_whether_it_passed()
    {
        await using var model = await StartAsync();
        program.Write("v.jsonl", string.Concat(Enumerable.Range(1, 60).Select(i =>
            $$"""{"project":"p","id":"{{i}}","title":"It breaks in place {{i}}","body":"It is broken in a way that nobody likes. Number {{i}} is worst.","vague":true}""" + "\n")));

        var few = await program.RunAsync("eval", "groom", "--data", "v.jsonl", "--most", "10", "--quiet");
        var many = await program.RunAsync("eval", "groom", "--data", "v.jsonl", "--json");
        var unknown = await program.RunAsync("eval", "clarify", "--data", "v.jsonl", "--model", "gpt-unknown", "--most", "5", "--quiet");

        few.ShouldEndWith(0).Output.ShouldContain("With fewer than 50 cases nothing is proven");
        using var json = JsonDocument.Parse(many.ShouldEndWith(0).Output);
        json.RootElement.GetProperty("model").GetString().ShouldBe("scripted");
        json.RootElement.GetProperty("prompt_hash").GetString()!.Length.ShouldBe(16);
        json.RootElement.GetProperty("pooled").GetProperty("n").GetInt32().ShouldBe(60);
        var passed = json.RootElement.GetProperty("pooled").GetProperty("passed").GetDouble();
        json.RootElement.GetProperty("passed").GetBoolean().ShouldBe(passed >= 0.8);
        unknown.ShouldEndWith(0).Output.ShouldContain("misconfigured");
    }

    [Fact]
    public async Task The_demonstration_with_a_scripted_model_says_what_it_is()
    {
        var ended = await program.RunAsync("demo", "--once", "--with-scripted-model");

        ended.ShouldEndWith(0).Output.ShouldContain("It understands nothing, and nothing about a real model follows from what it says.");
        ended.Output.ShouldContain("Language model scripted: a part in ");
    }

    private async Task<ModelStandIn> StartAsync(Func<ModelStandInOptions, ModelStandInOptions>? with = null)
    {
        var options = new ModelStandInOptions { Keys = [Key], ChatModels = ["scripted"] };
        var model = await ModelStandIn.StartAsync(with?.Invoke(options) ?? options, PlayedModel.Answer, TestContext.Current.CancellationToken);
        program.Environment["Models__Endpoint"] = new Uri(model.Address, "v1").AbsoluteUri;
        program.Environment["Models__ApiKey"] = Key;
        program.Environment["Models__ChatDeployment"] = "scripted";
        return model;
    }
}
