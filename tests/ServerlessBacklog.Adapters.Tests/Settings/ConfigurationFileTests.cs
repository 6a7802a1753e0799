using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using YamlDotNet.Serialization;

namespace ServerlessBacklog.Adapters.Tests.Settings;

public class ConfigurationFileTests
{
    [Fact]
    public void The_sample_of_the_documentation_is_right_and_means_what_it_says()
    {
        var read = Read(Sample());

        read.Errors.ShouldBeEmpty();
        var settings = Settings(read);
        settings.Policy.For("duplicates").Autonomy.ShouldBe(Autonomy.Suggest);
        settings.Policy.Scopes.ShouldHaveSingleItem().Percent.ShouldBe(10);
        settings.People.Away.ShouldBe(["grace"]);
        settings.Metrics.ShouldHaveSingleItem().BaselineAt.ShouldBe(new DateOnly(2026, 10, 1));
    }

    [Fact]
    public async Task The_sample_fits_the_schema()
    {
        var schema = await JsonSchema.FromFileAsync(InRepository("schemas", "serverless-backlog.schema.json"));

        schema.Validate(AsJson(Sample())).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("autonomy: {default: atuo}")]
    [InlineData("autonomie: {default: auto}")]
    [InlineData("scopes: [{labels: [bug], steps: {type: auto}}]")]
    [InlineData("scopes: [{name: s, percent: 101, steps: {type: auto}}]")]
    [InlineData("steps: {duplicates: {ask_at: 1.5}}")]
    [InlineData("approvals: {wait_days: 2.5}")]
    [InlineData("people: {away: ada}")]
    [InlineData("metrics: [{name: happiness, target: 1}]")]
    public async Task What_the_schema_refuses_the_reader_refuses_too(string yaml)
    {
        var schema = await JsonSchema.FromFileAsync(InRepository("schemas", "serverless-backlog.schema.json"));

        schema.Validate(AsJson(yaml)).ShouldNotBeEmpty();
        Read(yaml).Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_schema_that_is_shipped_is_made_of_the_keys()
    {
        var path = InRepository("schemas", "serverless-backlog.schema.json");
        var made = ConfigurationSchema.Build().ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable("WRITE_SCHEMA") == "1")
            File.WriteAllText(path, made);

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(made, "WRITE_SCHEMA=1 writes it.");
    }

    [Fact]
    public void Every_key_can_be_written_and_comes_back()
    {
        foreach (var key in ConfigKeys.All)
        {
            var value = key.Read(Settings(Read(Sample())));
            if (value is JsonValue text && text.TryGetValue<string>(out var said) && said.Length == 0)
                continue;
            var yaml = new JsonObject();
            var at = yaml;
            foreach (var part in key.Path.Split('.')[..^1])
                at[part] = at = new JsonObject();
            at[key.Path.Split('.')[^1]] = value.DeepClone();

            var read = Read(yaml.ToJsonString());

            read.Layer.Values.Keys.ShouldBe([key.Path], $"{key.Path}: {string.Join(" ", read.Errors)}");
            JsonNode.DeepEquals(key.Read(key.Write(new TriageSettings(), read.Layer.Values[key.Path])), value).ShouldBeTrue(key.Path);
        }
    }

    [Theory]
    [InlineData("autonomy:\n  default: shadow\n  step:\n    type: auto", "c.yml, line 3: Unknown key 'step'. Did you mean 'steps'?")]
    [InlineData("autonomy:\n  steps:\n    duplicate: auto", "c.yml, line 3: Unknown key 'duplicate'. Did you mean 'duplicates'?")]
    [InlineData("autonomy:\n  default: sugest", "c.yml, line 2: 'sugest' is no value of 'default'. Did you mean 'suggest'?")]
    [InlineData("scopes:\n  - name: a\n    percent: 101\n    steps: {type: auto}", "c.yml, line 3: '101' does not fit 'percent'. Write a whole number from 0 to 100.")]
    [InlineData("scopes:\n  - name: a", "c.yml, line 2: Each of 'scopes' needs 'steps'.")]
    [InlineData("people:\n  away: ada", "c.yml, line 2: 'away' is a list")]
    [InlineData("metrics:\n  - {name: stale_share, target: 0.1, baseline: 0.3, baseline_at: yesterday}", "c.yml, line 2: 'yesterday' is no date")]
    [InlineData("comments:\n  silent: yes", "c.yml, line 2: 'yes' does not fit 'silent'. Write true or false.")]
    [InlineData("autonomy: [", "this is not YAML")]
    [InlineData("- one", "Expected keys")]
    public void What_is_wrong_is_named_with_its_line_and_a_mend(string yaml, string error) => Read(yaml).Errors.ShouldHaveSingleItem().ShouldContain(error);

    [Fact]
    public void All_errors_are_told_at_once() =>
        Read("autonomy: {default: max}\nmax_labels: many\npeopel: {capacity: 1}").Errors.Count.ShouldBe(3);

    [Theory]
    [InlineData("steps:\n  type:\n    ask_at: 0.95", "line 3: type would ask from 0.95 on and apply from 0.9 on")]
    [InlineData("steps:\n  duplicates: {apply_at: 0.5}", "duplicates would ask from 0.6 on")]
    [InlineData("people:\n  away: [Ada]\n  capacity_of: {ada: 3}", "line 3: 'Ada' is away and has a capacity")]
    [InlineData("staleness: {archive_after_days: 30}", "proposed for the archive after 30 days and be stale only after 60")]
    [InlineData("staleness: {exempt_labels: [stale]}", "never stale and that it waits or is stale")]
    [InlineData("scopes:\n- {name: a, percent: 5, steps: {type: auto}}\n- {name: A, percent: 6, steps: {type: auto}}", "stands there twice")]
    [InlineData("scopes:\n- {name: a, steps: {type: auto}}", "holds every item")]
    [InlineData("autonomy: {steps: {type: off}}\nscopes:\n- {name: a, percent: 5, steps: {type: auto}}", "wants type at auto, while it is off everywhere")]
    [InlineData("goals:\n- {name: a}", "neither 'words' nor 'labels'")]
    [InlineData("metrics:\n- {name: stale_share, target: 0.1, baseline: 0.3}", "one of baseline and baseline_at")]
    [InlineData("waits: {reopen_by_command_days: 3}", "reopen_by_command_days")]
    [InlineData("waits: {keep_labels: [stale]}", "is kept open and that it waits")]
    public void What_cannot_be_meant_together_is_named(string yaml, string error) => Read(yaml).Errors.ShouldHaveSingleItem().ShouldContain(error);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet")]
    [InlineData("autonomy:\nscopes:\n")]
    public void A_file_that_says_nothing_is_right(string yaml)
    {
        var read = Read(yaml);

        read.Errors.ShouldBeEmpty();
        read.Layer.Values.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_much_too_long_is_not_read() =>
        Read(new string('#', ConfigurationFile.Longest + 1)).Errors.ShouldHaveSingleItem().ShouldContain("too many");

    private static ConfigurationText Read(string yaml) => new ConfigurationFile().Read(yaml, "c.yml");

    private static TriageSettings Settings(ConfigurationText read) => MergedConfiguration.Of(new TriageSettings(), "kept", [read.Layer]).Settings;

    private static string AsJson(string yaml) => new SerializerBuilder().JsonCompatible().Build().Serialize(
        new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml)!);

    private static string Sample()
    {
        var page = File.ReadAllText(InRepository("docs", "configuration.md"));
        var from = page.IndexOf("```yaml\n", StringComparison.Ordinal) + 8;
        return page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static string InRepository(string folder, string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Join(Path.GetDirectoryName(here), "..", "..", "..", folder, name));
}
