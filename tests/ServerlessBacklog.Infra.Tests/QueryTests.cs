using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>What the workbook and the alerts ask is what the program tells.</summary>
public partial class QueryTests
{
    private static readonly string[] Tables = ["AppMetrics", "AppRequests", "AppDependencies", "AppTraces", "AppExceptions"];

    private static readonly string[] Tags =
    [
        "backlog.name", "backlog.item", "backlog.tracker", "backlog.delivery", "backlog.event", "backlog.decision", "backlog.step", "backlog.page", "backlog.change",
        "backlog.result",
    ];

    public static TheoryData<string> Queries => [.. Repository.Files("infra", "*.kql")];

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_says_first_what_it_answers(string file) => Repository.Read(file).ShouldStartWith("// ");

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_asks_tables_of_Application_Insights(string file)
    {
        var tables = Table().Matches(Repository.Read(file)).Select(m => m.Value).Distinct().ToList();

        tables.ShouldNotBeEmpty();
        tables.ShouldBeSubsetOf(Tables);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_asks_for_names_that_the_program_uses(string file)
    {
        var query = Repository.Read(file);

        Metric().Matches(query).Select(m => m.Groups["name"].Value).ShouldBeSubsetOf(Names.Metrics);
        Tag().Matches(query).Select(m => m.Groups["name"].Value).ShouldBeSubsetOf(Tags);
        (Metric().Count(query) + Tag().Count(query)).ShouldBe(Quoted().Count(query), "a quoted name is neither that of a metric nor that of a tag");
    }

    [Fact]
    public void Every_metric_is_shown_somewhere()
    {
        var asked = Repository.Files("infra/queries", "*.kql").SelectMany(f => Metric().Matches(Repository.Read(f)).Select(m => m.Groups["name"].Value)).Distinct();

        Names.Metrics.Except(asked).ShouldBe(["backlog.deliveries.put_aside"], "an alert tells of it, and backlog.deliveries counts it");
    }

    [Theory]
    [InlineData("queries", "infra/modules/workbook.bicep")]
    [InlineData("alerts", "infra/modules/alerts.bicep")]
    public void No_query_lies_unused(string folder, string module) =>
        Loaded().Matches(Repository.Read(module)).Select(m => $"infra/{m.Groups["file"].Value}").ShouldBe(Repository.Files($"infra/{folder}", "*.kql"), ignoreOrder: true);

    [Theory]
    [InlineData("orchestrations-failed", "backlog.orchestrations.failed")]
    [InlineData("deliveries-put-aside", "backlog.deliveries.put_aside")]
    [InlineData("alarms-open", "backlog.alarms")]
    [InlineData("sweep-overdue", "backlog.sweep.age")]
    public async Task An_alert_is_raised_on(string rule, string metric)
    {
        var alert = Rules(await Deployment.BareAsync()).Single(a => a.Name.EndsWith($"-{rule}", StringComparison.Ordinal)).Properties;

        var criterion = alert.GetProperty("criteria").GetProperty("allOf").EnumerateArray().ShouldHaveSingleItem();
        criterion.GetProperty("query").GetString()!.ShouldContain($"\"{metric}\"");
        (criterion.GetProperty("operator").GetString(), criterion.GetProperty("threshold").GetInt32()).ShouldBe(("GreaterThan", 0));
        alert.GetProperty("enabled").GetBoolean().ShouldBeTrue();
    }

    /// <summary>What happens between two windows would be seen by neither.</summary>
    [Fact]
    public async Task No_alert_has_a_gap_between_two_looks()
    {
        var rules = Rules(await Deployment.BareAsync()).ToList();

        rules.Count.ShouldBe(4);
        rules.Where(r => Span(r.Properties, "evaluationFrequency") > Span(r.Properties, "windowSize")).ShouldBeEmpty();

        static TimeSpan Span(JsonElement rule, string name) => System.Xml.XmlConvert.ToTimeSpan(rule.GetProperty(name).GetString()!);
    }

    [Fact]
    public async Task Alerts_are_mailed_to_the_address_that_is_given()
    {
        var full = await Deployment.FullAsync();

        var people = full.Of("Microsoft.Insights/actionGroups").ShouldHaveSingleItem();
        people.GetProperty("properties").GetProperty("emailReceivers")[0].GetProperty("emailAddress").GetString().ShouldBe("someone@example.com");
        Rules(full).ShouldAllBe(r => r.Properties.GetProperty("actions").GetProperty("actionGroups")[0].GetString() == people.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Without_an_address_nobody_is_mailed()
    {
        var bare = await Deployment.BareAsync();

        bare.Of("Microsoft.Insights/actionGroups").ShouldBeEmpty();
        Rules(bare).ShouldAllBe(r => r.Properties.GetProperty("actions").GetProperty("actionGroups").GetArrayLength() == 0);
    }

    private static IEnumerable<(string Name, JsonElement Properties)> Rules(Deployment deployment) =>
        deployment.Of("Microsoft.Insights/scheduledQueryRules").Select(r => (r.GetProperty("name").GetString()!, r.GetProperty("properties")));

    [GeneratedRegex(@"\bApp[A-Z][A-Za-z]+\b(?!\s*=)")]
    private static partial Regex Table();

    [GeneratedRegex(@"Name == ""(?<name>backlog\.[^""]+)""")]
    private static partial Regex Metric();

    [GeneratedRegex(@"Properties\[""(?<name>backlog\.[^""]+)""\]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"""backlog\.[^""]*""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"loadTextContent\('\.\./(?<file>[^']+)'\)")]
    private static partial Regex Loaded();
}
