using System.Text.Json.Nodes;
using CsCheck;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Triage.Tests.Settings.Layers;

public class MergedConfigurationTests
{
    private const string Duplicates = "autonomy.steps.duplicates";

    [Fact]
    public void Without_layers_everything_is_as_it_was_kept()
    {
        var kept = new TriageSettings { Priority = new PrioritySettings { DemandCap = 1 } };

        var merged = MergedConfiguration.Of(kept, "kept", []);

        merged.Settings.Version().ShouldBe(kept.Version());
        merged.Values.Where(v => v.Source != MergedConfiguration.Default).ShouldHaveSingleItem().ShouldSatisfyAllConditions(v => v.Path.ShouldBe("priority.demand_cap"), v => v.Source.ShouldBe("kept"));
    }

    [Fact]
    public void The_nearest_layer_wins_and_is_named()
    {
        var merged = Merge(Layer("organization", ("approvals.wait_days", 3), ("max_labels", 2)), Layer("repository", ("approvals.wait_days", 5)));

        merged.Settings.Approvals.WaitDays.ShouldBe(5);
        merged.Settings.Policy.MaxLabels.ShouldBe(2);
        Source(merged, "approvals.wait_days").ShouldBe("repository");
        Source(merged, "max_labels").ShouldBe("organization");
        Source(merged, "people.capacity").ShouldBe(MergedConfiguration.Default);
    }

    [Fact]
    public void Who_speaks_of_all_steps_speaks_of_those_that_a_layer_below_had_set_apart()
    {
        var merged = Merge(Layer("organization", (Duplicates, "auto")), Layer("repository", ("autonomy.default", "shadow"), ("autonomy.steps.type", "suggest")));

        merged.Settings.Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Shadow);
        merged.Settings.Policy.For("type").Autonomy.ShouldBe(Autonomy.Suggest);
        Source(merged, Duplicates).ShouldBe("repository");
    }

    [Fact]
    public void A_step_that_is_set_apart_goes_before_what_a_layer_below_says_of_all()
    {
        var merged = Merge(Layer("organization", ("autonomy.default", "suggest")), Layer("repository", (Duplicates, "off")));

        merged.Settings.Policy.For("duplicates").ShouldBe(new StepPolicy(Autonomy.Off, ApplyAt: 0.95));
        merged.Settings.Policy.For("area").Autonomy.ShouldBe(Autonomy.Suggest);
        merged.Settings.Policy.For("never heard of").Autonomy.ShouldBe(Autonomy.Suggest);
    }

    [Fact]
    public void The_levels_of_a_host_are_a_layer_like_others()
    {
        var host = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Suggest), Steps = new Dictionary<string, StepPolicy> { ["duplicates"] = new(Autonomy.Auto) } };

        var merged = Merge(ConfigurationLayer.OfLevels("host", host), Layer("repository", ("steps.duplicates.apply_at", 0.99)));

        merged.Settings.Policy.For("duplicates").ShouldBe(new StepPolicy(Autonomy.Auto, ApplyAt: 0.99));
        merged.Settings.Policy.For("type").Autonomy.ShouldBe(Autonomy.Suggest);
    }

    [Fact]
    public void Every_key_writes_what_it_reads()
    {
        foreach (var key in ConfigKeys.All)
        {
            var settings = new TriageSettings();

            var written = key.Write(settings, key.Read(settings));

            ConfigKeys.All.Where(k => !JsonNode.DeepEquals(k.Read(written), k.Read(settings))).Select(k => k.Path).ShouldBeEmpty($"after {key.Path}");
        }
    }

    [Fact]
    public void Layers_that_say_nothing_change_nothing() =>
        Gen.Int[0, 5].Sample(count => Merge([.. Enumerable.Range(0, count).Select(i => Layer($"{i}"))]).Settings.Version() == new TriageSettings().Version());

    [Fact]
    public void A_difference_names_the_key_and_both_values() =>
        Merge(Layer("a", ("max_labels", 2))).To(Merge(Layer("b", ("max_labels", 4)))).ShouldHaveSingleItem().ToString().ShouldBe("max_labels: 2 -> 4");

    [Fact]
    public void Scopes_and_goals_come_through()
    {
        var scope = JsonNode.Parse("""[{"name":"pilot","labels":["bug"],"percent":10,"steps":{"duplicates":"suggest"}}]""")!;
        var goal = JsonNode.Parse("""[{"name":"speed","words":["slow"]}]""")!;

        var settings = MergedConfiguration.Of(new TriageSettings(), "kept", [new ConfigurationLayer("file", new Dictionary<string, JsonNode> { ["scopes"] = scope, ["goals"] = goal })]).Settings;

        settings.Policy.Scopes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            s => s.Percent.ShouldBe(10), s => s.Labels.ShouldBe(["bug"]), s => s.Steps["duplicates"].ShouldBe(Autonomy.Suggest));
        settings.Priority.Goals.ShouldHaveSingleItem().Weight.ShouldBe(1);
    }

    private static MergedConfiguration Merge(params ConfigurationLayer[] layers) => MergedConfiguration.Of(new TriageSettings(), "kept", layers);

    private static ConfigurationLayer Layer(string source, params (string Path, object Value)[] values) =>
        new(source, values.ToDictionary(v => v.Path, v => v.Value switch { int i => (JsonNode)i, double d => d, _ => v.Value.ToString()! }));

    private static string Source(MergedConfiguration merged, string path) => merged.Values.Single(v => v.Path == path).Source;
}
