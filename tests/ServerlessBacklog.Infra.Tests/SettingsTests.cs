using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>The app settings that the template makes are read by somebody, and none of them is a secret.</summary>
public partial class SettingsTests
{
    private static readonly JsonElement Sample = JsonElement.Parse(Repository.Read("local.settings.sample.json")).GetProperty("Values");

    [Fact]
    public async Task Every_setting_is_one_that_is_read()
    {
        var known = Names.Settings.Concat(Names.HostSettings).Concat(Sample.EnumerateObject().Select(s => s.Name.Replace(":", "__", StringComparison.Ordinal)));

        (await SettingsAsync()).Select(s => s.Name).Except(known).ShouldBeEmpty();
    }

    /// <summary>The tests here look at the variables; were a setting made past them, they would not see it.</summary>
    [Fact]
    public async Task No_setting_is_made_elsewhere()
    {
        var app = await Template.NamedAsync("app");
        var variables = app.Members("variables").Where(v => v.Value.ValueKind == JsonValueKind.Object).Select(v => v.Name).ToList();

        var settings = app.Json.GetProperty("variables").GetProperty("settings").GetString()!;
        Variable().Matches(settings).Select(m => m.Groups[1].Value).ShouldBe(variables, ignoreOrder: true);
        settings.ShouldNotContain("createObject('");
        (await Template.ResourcesAsync("Microsoft.Web/sites")).Single().GetProperty("properties").GetProperty("siteConfig").GetProperty("appSettings").GetString()!
            .ShouldBe("[concat(map(items(variables('settings')), lambda('setting', createObject('name', lambdaVariables('setting').key, 'value', "
                + "lambdaVariables('setting').value))), createArray(createObject('name', 'APPLICATIONINSIGHTS_CONNECTION_STRING', 'value', "
                + "reference('applicationInsights').ConnectionString)))]");
    }

    /// <summary>The host and the backlog sign in as the identity of the app.</summary>
    [Fact]
    public async Task Storage_is_named_and_never_unlocked()
    {
        var settings = (await SettingsAsync()).ToDictionary(s => s.Name, s => s.Value.GetString()!);

        settings.ShouldNotContainKey("AzureWebJobsStorage");
        settings["AzureWebJobsStorage__credential"].ShouldBe("managedidentity");
        new[] { settings["AzureWebJobsStorage__accountName"], settings["Storage__Connection"] }.ShouldAllBe(v => v == "[parameters('storageName')]");
        new[] { settings["AzureWebJobsStorage__clientId"], settings["AZURE_CLIENT_ID"] }.ShouldAllBe(v => v == "[parameters('identityClientId')]");
    }

    [Fact]
    public async Task What_looks_like_a_connection_string_signs_in_with_the_identity()
    {
        var strings = (await SettingsAsync()).Where(s => s.Name.Contains("CONNECTION_STRING", StringComparison.Ordinal) || s.Value.GetString()!.Contains("Endpoint=", StringComparison.Ordinal));

        strings.ShouldHaveSingleItem().Value.GetString()!.ShouldContain("Authentication=ManagedIdentity;ClientID=");
    }

    [Fact]
    public async Task Secrets_come_from_the_vault_by_their_agreed_names()
    {
        var references = (await SettingsAsync()).Select(s => s.Value.GetString()!).Where(v => v.Contains("@Microsoft.KeyVault", StringComparison.Ordinal));

        references.Select(v => Reference().Match(v).Groups["secret"].Value).ShouldBe(Names.Secrets, ignoreOrder: true);
    }

    /// <summary>A reference to a secret that is not there would reach the app as its literal text.</summary>
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("param gitHubAppId = '1'", new[] { "github-private-key", "github-webhook-secret" })]
    [InlineData("param useAzureDevOps = true", new[] { "azuredevops-hook-secret" })]
    [InlineData("param signInEntraClientId = 'x'", new[] { "signin-entra-secret" })]
    [InlineData("param signInGitHubClientId = 'x'", new[] { "signin-github-secret" })]
    public async Task Only_what_is_in_use_asks_for_its_secrets(string parameters, string[] secrets)
    {
        var app = (await Deployment.PredictAsync(parameters)).Of("Microsoft.Web/sites").Single();

        Reference().Matches(app.GetProperty("properties").GetProperty("siteConfig").GetRawText()).Select(m => m.Groups["secret"].Value).ShouldBe(secrets, ignoreOrder: true);
    }

    [Fact]
    public async Task Nothing_is_written_to_a_tracker_unless_somebody_says_so() =>
        (await MainDefaultAsync("autonomy")).GetString().ShouldBe("shadow");

    [Fact]
    public async Task The_schedules_are_those_of_the_sample()
    {
        var schedules = (await MainDefaultAsync("schedules")).EnumerateObject().Select(s => (s.Name, s.Value.GetString()));

        var sample = Sample.EnumerateObject().Where(s => s.Name.StartsWith("Timers", StringComparison.Ordinal))
            .Select(s => (JsonNamingPolicy.CamelCase.ConvertName(s.Name.Split(':', '_')[^1]), s.Value.GetString()));
        schedules.ShouldBe(sample, ignoreOrder: true);
    }

    /// <summary>What the scheduler calls a task hub, the host calls by the name in host.json.</summary>
    [Fact]
    public async Task The_task_hub_is_that_of_the_host() =>
        (await Deployment.FullAsync()).Of("Microsoft.DurableTask/schedulers/taskHubs").Single().GetProperty("name").GetString()!.Split('/')[1]
            .ShouldBe(JsonElement.Parse(Repository.Read("host.json")).GetProperty("extensions").GetProperty("durableTask").GetProperty("hubName").GetString());

    private static async Task<JsonElement> MainDefaultAsync(string parameter) =>
        (await Template.NamedAsync("main")).Members("parameters").Single(p => p.Name == parameter).Value.GetProperty("defaultValue");

    private static async Task<IReadOnlyList<JsonProperty>> SettingsAsync() =>
        [.. (await Template.NamedAsync("app")).Members("variables").Where(v => v.Value.ValueKind == JsonValueKind.Object).SelectMany(v => v.Value.EnumerateObject())];

    [GeneratedRegex(@"variables\('(\w+)'\)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"@Microsoft\.KeyVault\(SecretUri=[^)]*?secrets/(?<secret>[a-z-]+)\)")]
    private static partial Regex Reference();
}
