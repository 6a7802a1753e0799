using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>The Model Context Protocol, spoken by the real client: to the program over its standard streams, and over HTTP.</summary>
public sealed class McpTests(DemoRun demo)
{
    private static readonly string[] Reading = ["ask", "explain_item", "get_forecast", "get_item", "get_status", "list_backlogs", "list_items", "review_queue", "search_items"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tools_read_only_unless_changes_are_allowed()
    {
        await using var client = await StartAsync();

        var tools = await client.ListToolsAsync(cancellationToken: Stop);

        tools.Select(t => t.Name).Order().ShouldBe(Reading);
        tools.ShouldAllBe(t => t.ProtocolTool.Annotations!.ReadOnlyHint == true && t.ProtocolTool.Annotations.DestructiveHint == false);
        tools.ShouldAllBe(t => t.Description.Length > 20);
        client.ServerInstructions.ShouldNotBeNull().ShouldContain("untrusted data");
    }

    [Fact]
    public async Task Every_parameter_is_described_and_nothing_of_ours_is_among_them()
    {
        await using var client = await StartAsync("--allow-changes");

        foreach (var tool in await client.ListToolsAsync(cancellationToken: Stop))
        {
            var schema = tool.JsonSchema;
            schema.GetProperty("type").GetString().ShouldBe("object");
            if (schema.TryGetProperty("properties", out var properties))
            {
                foreach (var property in properties.EnumerateObject())
                {
                    property.Value.GetProperty("description").GetString().ShouldNotBeNullOrEmpty($"{tool.Name}.{property.Name}");
                    property.Name.ShouldNotBe("cancellation");
                }
            }
        }
    }

    [Fact]
    public async Task Items_are_listed_shown_explained_and_counted()
    {
        await using var client = await StartAsync();

        var listed = await CallAsync(client, "list_items", new { limit = 3 });
        listed.GetProperty("items").GetArrayLength().ShouldBe(3);
        listed.GetProperty("note").GetString()!.ShouldContain("not instructions");
        var first = listed.GetProperty("items")[0].GetProperty("item").GetString()!;
        var shown = await CallAsync(client, "get_item", new { item = first });
        shown.GetProperty("untrusted_text").GetProperty("title").GetString().ShouldBe(listed.GetProperty("items")[0].GetProperty("untrusted_title").GetString());
        (await CallAsync(client, "explain_item", new { item = first })).GetProperty("untrusted_markdown").GetString().ShouldNotBeNullOrEmpty();
        (await CallAsync(client, "get_status", new { })).GetProperty("counts").GetProperty("open").GetInt32().ShouldBe(567);
        (await CallAsync(client, "search_items", new { text = "crash" })).GetProperty("total").GetInt32().ShouldBeGreaterThan(3);
        (await CallAsync(client, "ask", new { question = "how many items are open?" })).GetProperty("looked_up").GetString().ShouldBe("open items");
        (await CallAsync(client, "review_queue", new { })).GetProperty("backlog").GetString().ShouldBe("seamonkey");
        (await CallAsync(client, "get_forecast", new { })).GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        (await CallAsync(client, "list_backlogs", new { })).GetProperty("backlogs")[0].GetString().ShouldBe("seamonkey");
    }

    [Theory]
    [InlineData("get_item", """{"item": "1"}""", "no such item")]
    [InlineData("list_items", """{"mark": "purple"}""", "a mark is")]
    [InlineData("list_items", """{"backlog": "nope"}""", "no backlog of that name")]
    [InlineData("list_items", """{"limit": 5000}""", "1 to 50")]
    public async Task What_is_wrong_is_an_error_of_the_tool_in_words(string tool, string arguments, string why)
    {
        await using var client = await StartAsync();

        var result = await client.CallToolAsync(tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments)!, cancellationToken: Stop);

        result.IsError.ShouldBe(true);
        Text(result).ShouldContain(why);
    }

    [Fact]
    public async Task A_wish_is_refused_where_only_questions_are_answered()
    {
        await using var client = await StartAsync();

        (await CallAsync(client, "ask", new { question = "make 1717379 a P3" })).GetProperty("kind").GetString().ShouldBe("refused");
    }

    [Fact]
    public async Task A_proposal_is_a_plan_that_a_person_confirms_elsewhere()
    {
        await using var client = await StartAsync("--allow-changes", "--by", "ada");

        var tool = (await client.ListToolsAsync(cancellationToken: Stop)).Single(t => t.Name == "propose_change");
        var plan = await CallAsync(client, "propose_change", new { wish = "make 1717379 a P3" });

        (tool.ProtocolTool.Annotations!.ReadOnlyHint, tool.ProtocolTool.Annotations.DestructiveHint).ShouldBe((false, true));
        plan.GetProperty("change").GetString().ShouldBe("pin P3");
        plan.GetProperty("to_confirm").GetString()!.ShouldStartWith("backlog ask --backlog \"seamonkey\" --yes ");
        (await demo.Program.RunAsync("say", "1717379", "status")).Output.ShouldNotContain("pinned");
    }

    [Fact]
    public async Task Nothing_but_the_protocol_goes_to_standard_output()
    {
        var start = new ProcessStartInfo("dotnet", [Backlog.Dll, "mcp"]) { WorkingDirectory = demo.Program.Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["Triage__Encoder"] = "off";
        using var process = Process.Start(start)!;
        process.StandardInput.Write("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""" + "\n");
        await process.StandardInput.FlushAsync(Stop);
        var first = await process.StandardOutput.ReadLineAsync(Stop);
        process.StandardInput.Close();
        var rest = await process.StandardOutput.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);

        foreach (var line in $"{first}\n{rest}".Split('\n', StringSplitOptions.RemoveEmptyEntries))
            JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        process.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task The_same_tools_answer_over_HTTP_on_this_machine_and_not_to_other_sites()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C is sent as a signal.");
        var port = LocalPort.Free();
        var process = demo.Program.Start("serve", "--port", $"{port}");
        using var http = new HttpClient();
        await LocalPort.GetAsync(http, port, "/api/health");

        await using (var client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri($"http://localhost:{port}/mcp") }), cancellationToken: Stop))
        {
            (await client.ListToolsAsync(cancellationToken: Stop)).Select(t => t.Name).Order().ShouldBe(Reading);
            (await CallAsync(client, "get_status", new { })).GetProperty("counts").GetProperty("open").GetInt32().ShouldBe(567);
        }

        (await PostAsync(http, port, r => r.Headers.Add("Origin", "https://evil.example"))).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(http, port, r => r.Headers.Host = "evil.example")).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await PostAsync(http, port, r => r.Headers.Add("Origin", $"http://localhost:{port}"))).ShouldBe(HttpStatusCode.OK);
        await Backlog.InterruptAsync(process);
        (await Backlog.EndAsync(process)).ShouldEndWith(0);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, int port, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{port}/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        change(request);
        using var response = await http.SendAsync(request, Stop);
        return response.StatusCode;
    }

    /// <summary>The built program, started by the client as assistants start it.</summary>
    private async Task<McpClient> StartAsync(params string[] arguments) => await McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Backlog.Dll, "mcp", .. arguments],
            WorkingDirectory = demo.Program.Folder,
            EnvironmentVariables = new Dictionary<string, string?> { ["Triage__Encoder"] = "off" },
        }), cancellationToken: Stop);

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, object arguments)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(arguments))!;
        var result = await client.CallToolAsync(tool, given, cancellationToken: Stop);
        (result.IsError ?? false).ShouldBeFalse(Text(result));
        return JsonDocument.Parse(Text(result)).RootElement;
    }

    private static string Text(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(c => c.Text));
}
