using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Adapters.Setup;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Setup;

public class SettingsCheckTests
{
    [Fact]
    public void Nothing_set_is_in_order() => Look().ShouldHaveSingleItem().State.ShouldBe(SetupState.Ok);

    [Theory]
    [InlineData("GitHub:WebhookSecret", "Did you mean GitHub:WebhookSecrets:0?")]
    [InlineData("Storage:Conection", "Did you mean Storage:Connection?")]
    [InlineData("Timers:Swep", "Did you mean Timers:Sweep?")]
    [InlineData("Trackers:Pace:WritePerHour", "Did you mean Trackers:Pace:WritesPerHour?")]
    [InlineData("AzureDevOps:Something:Else:Entirely", "docs/settings.md")]
    public void A_name_that_there_is_not_is_told_with_the_one_that_was_meant(string key, string mend)
    {
        var finding = Wrong((key, "1"))[0];

        finding.What.ShouldBe($"There is no setting {key}.");
        finding.Mend!.ShouldContain(mend);
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("Logging:LogLevel:Default")]
    public void What_belongs_to_others_is_none_of_ours(string key) => Wrong((key, "1")).ShouldBeEmpty();

    [Theory]
    [InlineData("Triage:Autonomy", "atuo")]
    [InlineData("Triage:Steps:prioritise", "auto")]
    [InlineData("Timers:Sweep", "every night")]
    [InlineData("Trackers:Pace:WritesPerHour", "100000")]
    [InlineData("Trackers:Pace:WriteSpacing", "soon")]
    [InlineData("GitHub:ApiBaseUrl", "http://github.example.com")]
    [InlineData("GitHub:AppId", "5")]
    [InlineData("AzureDevOps:BaseUrl", "dev.azure.com")]
    [InlineData("AzureDevOps:UseIdentity", "yes")]
    [InlineData("AzureDevOps:ClientSecret", "hush")]
    [InlineData("AzureDevOps:HookQueue", "hooks")]
    [InlineData("Storage:Connection", "AccountName=a;AccountKey=!")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "my-app")]
    public void A_value_that_cannot_be_read_is_wrong_and_says_its_setting_and_its_mend(string key, string value)
    {
        var finding = Wrong((key, value)).ShouldHaveSingleItem();

        $"{finding.What} {finding.Mend}".ShouldContain(key[(key.LastIndexOf(':') + 1)..]);
        finding.Mend.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refused = Should.Throw<UserErrorException>(() => SettingsCheck.Demand(Configuration([("Triage:Autonomy", "atuo"), ("Timers:Sweep", "never"), ("GitHub:Tokn", "x")])));

        refused.Message.ShouldContain("Triage:Autonomy");
        refused.Message.ShouldContain("Timers:Sweep");
        refused.Message.ShouldContain("GitHub:Tokn");
    }

    [Fact]
    public void A_reference_that_Key_Vault_left_open_is_told_once_and_not_also_as_misread()
    {
        var finding = Wrong(("GitHub:AppId", "5"), ("GitHub:PrivateKey", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/github-private-key)")).ShouldHaveSingleItem();

        finding.What.ShouldContain("GitHub:PrivateKey");
        finding.Mend!.ShouldContain("Key Vault Secrets User");
    }

    [Fact]
    public void No_value_of_a_secret_is_ever_told()
    {
        const string canary = "s3cr3t-canary";

        var told = string.Join(' ', Look([.. SettingList.All.Where(s => s.Kind == SettingKind.Secret).Select(s => (s.IsList ? $"{s.Key}:0" : s.Key, canary + " \n"))]).Select(f => f.What + f.Mend));

        told.ShouldNotContain(canary);
    }

    [Fact]
    public void A_function_app_without_storage_would_lose_what_it_writes() =>
        Wrong(("WEBSITE_INSTANCE_ID", "1")).ShouldHaveSingleItem().What.ShouldBe("Storage:Connection is not set.");

    [Fact]
    public void A_function_app_with_a_key_works_and_is_told_of_the_better_way()
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

        var findings = Look(("WEBSITE_INSTANCE_ID", "1"), ("Storage:Connection", $"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={key};EndpointSuffix=core.windows.net"));

        findings.ShouldContain(f => f.State == SetupState.Warning && f.What == "Storage:Connection holds a key.");
        findings.ShouldNotContain(f => f.State == SetupState.Wrong);
    }

    private static List<SetupFinding> Wrong(params (string, string)[] settings) => [.. Look(settings).Where(f => f.State == SetupState.Wrong)];

    private static IReadOnlyList<SetupFinding> Look(params (string, string)[] settings) => SettingsCheck.Look(Configuration(settings));

    private static IConfiguration Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
