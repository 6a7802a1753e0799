using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Infra.Tests;

public partial class TemplateTests
{
    public static TheoryData<string> Sources => [.. Repository.Files("infra", "*.bicep")];

    public static TheoryData<string> Parameters => [.. ParameterFile().EnumerateObject().Select(p => p.Name)];

    /// <summary>Warnings of all modules are said when the template that uses them is compiled.</summary>
    [Fact]
    public async Task Compiles_without_a_warning()
    {
        var run = await Bicep.RunAsync("build", Path.Combine(Repository.Root, "infra", "main.bicep"), "--stdout");

        (run.ExitCode, run.Said.Trim()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task The_linter_finds_nothing()
    {
        var run = await Bicep.RunAsync("lint", "--pattern", Path.Combine(Repository.Root, "infra", "**", "*.bicep"));

        (run.ExitCode, run.Said.Trim(), run.Output.Trim()).ShouldBe((0, "", ""));
    }

    [Fact]
    public async Task Every_file_is_laid_out_as_the_formatter_does()
    {
        using var copy = new TemporaryFolder();
        var files = Repository.Files("infra", "*.bicep");
        foreach (var file in files)
            await copy.WriteAsync(file, Repository.Read(file));

        var run = await Bicep.RunAsync("format", "--pattern", Path.Combine(copy.Path, "**", "*.bicep"));

        run.ExitCode.ShouldBe(0, run.Said);
        files.Where(f => copy.Read(f) != Repository.Read(f)).ShouldBeEmpty();
    }

    /// <summary>A module of a registry would be fetched while deploying, and can change under the same tag.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public void No_module_comes_from_elsewhere(string file) => Repository.Read(file).ShouldNotMatch("'(br|ts|oci)[:/]");

    [Fact]
    public async Task Every_parameter_says_what_it_is()
    {
        var silent = (await Template.AllAsync()).SelectMany(t => t.Members("parameters")
            .Where(p => !p.Value.TryGetProperty("metadata", out var metadata) || string.IsNullOrWhiteSpace(metadata.GetProperty("description").GetString()))
            .Select(p => $"{t.Name}.{p.Name}"));

        silent.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task A_parameter_that_is_given_exists(string name) =>
        (await Template.NamedAsync("main")).Members("parameters").Select(p => p.Name).ShouldContain(name);

    /// <summary>azd asks for what has no value and no default; it may ask for the name and the region, nothing else.</summary>
    [Fact]
    public async Task Nothing_but_name_and_region_is_asked_for()
    {
        var needed = (await Template.NamedAsync("main")).Members("parameters").Where(p => !p.Value.TryGetProperty("defaultValue", out _)).Select(p => p.Name);

        needed.ShouldBe(["environmentName", "location"]);
    }

    [Fact]
    public async Task The_defaults_of_the_two_places_agree()
    {
        var defaults = (await Template.NamedAsync("main")).Members("parameters").Where(p => p.Value.TryGetProperty("defaultValue", out _))
            .ToDictionary(p => p.Name, p => p.Value.GetProperty("defaultValue").ToString());

        var differ = ParameterFile().EnumerateObject().Where(p => defaults.ContainsKey(p.Name))
            .Where(p => !string.Equals(defaults[p.Name], Default(p.Value), StringComparison.OrdinalIgnoreCase)).Select(p => p.Name);

        differ.ShouldBeEmpty();

        static string Default(JsonElement given) => Variable().Match(given.GetProperty("value").GetString()!).Groups["default"].Value;
    }

    /// <summary>A reader finds every parameter, and the variable that sets it, in one table.</summary>
    [Theory]
    [MemberData(nameof(Parameters))]
    public void A_variable_stands_in_the_guide(string name) =>
        Repository.Read("docs/azure.md").ShouldContain(Variable().Match(ParameterFile().GetProperty(name).GetProperty("value").GetString()!).Groups["name"].Value);

    [Fact]
    public async Task What_azd_deploys_is_what_the_template_makes_room_for()
    {
        var azd = WorkflowFile.Parse(Repository.Read("azure.yaml"));
        var service = ((Dictionary<object, object>)azd["services"]).ShouldHaveSingleItem();

        var app = (await Deployment.BareAsync()).Of("Microsoft.Web/sites").ShouldHaveSingleItem();

        app.GetProperty("tags").GetProperty("azd-service-name").GetString().ShouldBe((string)service.Key);
        var described = (Dictionary<object, object>)service.Value;
        (described["host"], described["language"]).ShouldBe(("function", "dotnet"));
        Directory.GetFiles(Path.Combine(Repository.Root, (string)described["project"]), "*.csproj").ShouldHaveSingleItem();
    }

    private static JsonElement ParameterFile() => JsonElement.Parse(Repository.Read("infra/main.parameters.json")).GetProperty("parameters");

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}$")]
    private static partial Regex Variable();
}
