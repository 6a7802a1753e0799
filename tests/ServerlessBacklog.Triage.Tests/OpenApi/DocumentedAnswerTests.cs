using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Tests.Orchestrations;
using OurDocument = ServerlessBacklog.Triage.OpenApi.OpenApiDocument;

namespace ServerlessBacklog.Triage.Tests.OpenApi;

/// <summary>What the document says, compared with what the routes really answer.</summary>
public class DocumentedAnswerTests
{
    private const string Item = "github:owner/repo#1";

    /// <summary>Route, parameters, body, status that comes.</summary>
    public static TheoryData<string, string, string, int> Calls { get; } = new()
    {
        { "Health", "", "", 200 },
        { "Status", "backlog=owner/repo", "", 200 },
        { "Status", "backlog=nope", "", 404 },
        { "StartSweep", "backlog=owner/repo", "", 202 },
        { "StartSweep", "", "", 400 },
        { "StartSweep", "backlog=nope", "", 404 },
        { "StartTriage", $"backlog=owner/repo&item={Item}", "", 202 },
        { "StartTriage", "backlog=owner/repo&item=x", "", 400 },
        { "StartTriage", "backlog=owner/repo&item=github:owner/repo#99", "", 404 },
        { "AnswerAsk", $"backlog=owner/repo&item={Item}&decision=ASKED", """{"approved": true, "by": "ada"}""", 202 },
        { "AnswerAsk", $"backlog=owner/repo&item={Item}&decision=ASKED", "{}", 400 },
        { "AnswerAsk", $"backlog=owner/repo&item={Item}&decision=ASKED", """{"approved": true, "by": "passer-by"}""", 403 },
        { "AnswerAsk", $"backlog=owner/repo&item={Item}&decision=none", """{"approved": true, "by": "ada"}""", 404 },
        { "Review", "backlog=owner/repo", "", 200 },
        { "Review", "backlog=nope", "", 404 },
        { "Doctor", "", "", 200 },
        { "Chat", "", """{"backlog": "owner/repo", "text": "which items are open?", "by": "ada"}""", 200 },
        { "Chat", "", """{"backlog": "owner/repo", "text": "make 1 a P1", "by": "ada"}""", 200 },
        { "Chat", "", """{"backlog": "owner/repo", "text": "old items", "by": "ada"}""", 200 },
        { "Chat", "", """{"backlog": "owner/repo", "text": "how many items per type", "by": "ada"}""", 200 },
        { "Chat", "", """{"backlog": "owner/repo"}""", 400 },
        { "Chat", "", """{"backlog": "nope", "text": "what is open", "by": "ada"}""", 404 },
        { "OpenApi", "", "", 200 },
        { "Hook", "tracker=github", "github:owner/repo#1 Crash", 202 },
        { "Hook", "tracker=nope", "", 404 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_answer_has_the_status_and_the_shape_that_are_documented(string name, string parameters, string body, int status)
    {
        await using var driver = await TriageItemDriver.TriageAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.8));
        var route = Routes.All.Single(r => r.Name == name);
        var asked = (await driver.DecisionAsync()).Id;
        var values = parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1].Replace("ASKED", asked, StringComparison.Ordinal));
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-GitHub-Delivery"] = "1", ["X-GitHub-Event"] = "issues", ["Secret"] = FakeHooks.Secret };

        var reply = await driver.Get<Requests>().HandleAsync(
            route, new Call(values.GetValueOrDefault, Encoding.UTF8.GetBytes(body), driver.Client, CancellationToken.None) { Header = headers.GetValueOrDefault });
        await driver.Runtime.SettleAsync();

        reply.Status.ShouldBe(status, Encoding.UTF8.GetString(reply.ToJson()));
        var schema = Documented(route, status).ShouldNotBeNull($"{name} {status} is not documented");
        SchemaMatch.Faults(OurDocument.Json, schema, JsonNode.Parse(reply.ToJson())).ShouldBeEmpty();
    }

    [Fact]
    public void Every_answer_that_is_no_error_is_tried()
    {
        var tried = Calls.Select(c => $"{c.Data.Item1} {c.Data.Item4}").ToHashSet();

        // A ping and events that are ignored have the shape of those that are accepted. Pages, and what Slack is answered, have no shape.
        Routes.All.SelectMany(r => Responses(r).Where(s => s.Key[0] == '2').Select(s => $"{r.Name} {s.Key}")).Except(tried).ShouldBe(["Hook 200", "Slack 200", "UnsubscribePage 200", "Unsubscribe 200"]);
    }

    /// <summary>A schema that takes everything would find nothing.</summary>
    [Fact]
    public void The_comparison_finds_what_is_wrong()
    {
        var schema = Documented(Routes.Health, 200)!;

        SchemaMatch.Faults(OurDocument.Json, schema, JsonNode.Parse("""{"status": 1, "more": true}""")).ShouldBe(["$.version is missing", "$.status is Number, no string", "$.more is not documented"]);
    }

    private static JsonObject Responses(Route route) =>
        OurDocument.Json["paths"]![$"/{route.Template.Replace("{*", "{", StringComparison.Ordinal)}"]![route.Method.ToLowerInvariant()]!["responses"]!.AsObject();

    private static JsonNode? Documented(Route route, int status) => Responses(route)[$"{status}"]?["content"]!["application/json"]?["schema"];
}
