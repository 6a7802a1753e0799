using System.Text.Json;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>Nobody gets in without an identity, and no secret passes through a deployment.</summary>
public class SecurityTests
{
    [Fact]
    public async Task Nothing_secret_is_put_out()
    {
        var outputs = (await Template.AllAsync()).SelectMany(t => t.Members("outputs")).ToList();

        outputs.Count.ShouldBeGreaterThan(6);
        outputs.ShouldAllBe(o => o.Value.GetProperty("type").GetString() != "secureString" && o.Value.GetProperty("type").GetString() != "secureObject");
        outputs.Select(o => o.Value.GetProperty("value").ToString())
            .ShouldAllBe(v => !v.Contains("ConnectionString", StringComparison.OrdinalIgnoreCase) && !v.Contains("InstrumentationKey", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>They are put into the vault by whoever has them; a parameter would leave them in the history of deployments or in a file of azd.</summary>
    [Fact]
    public async Task No_secret_is_handed_in_or_made()
    {
        var types = (await Template.AllAsync()).SelectMany(t => t.Members("parameters")).Select(p => p.Value.TryGetProperty("type", out var type) ? type.GetString() : "");

        types.ShouldAllBe(t => t != "securestring" && t != "secureString" && t != "secureObject");
        (await Template.ResourcesAsync("Microsoft.KeyVault/vaults/secrets")).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_key_is_read() =>
        (await Template.AllAsync()).Select(t => t.Json.GetRawText()).ShouldAllBe(t => !t.Contains("listKeys", StringComparison.OrdinalIgnoreCase)
            && !t.Contains("listSecrets", StringComparison.OrdinalIgnoreCase) && !t.Contains("listAccountSas", StringComparison.OrdinalIgnoreCase)
            && !t.Contains("listServiceSas", StringComparison.OrdinalIgnoreCase) && !t.Contains("AccountKey=", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task The_app_speaks_https_with_TLS_1_2_at_least()
    {
        var app = await OnlyAsync("Microsoft.Web/sites");

        app.GetProperty("httpsOnly").GetBoolean().ShouldBeTrue();
        var site = app.GetProperty("siteConfig");
        new[] { site.GetProperty("minTlsVersion"), site.GetProperty("scmMinTlsVersion") }.Select(v => v.GetString()).ShouldAllBe(v => v == "1.2" || v == "1.3");
        site.GetProperty("ftpsState").GetString().ShouldBe("Disabled");
    }

    [Fact]
    public async Task The_pages_trust_the_headers_of_App_Service_only_where_people_sign_in()
    {
        var bare = await Deployment.BareAsync();
        var full = await Deployment.FullAsync();

        bare.Of("Microsoft.Web/sites/config").ShouldBeEmpty();
        Told(bare).ShouldBeFalse();
        Told(full).ShouldBeTrue();
        var properties = full.Of("Microsoft.Web/sites/config").ShouldHaveSingleItem().GetProperty("properties");
        properties.GetProperty("platform").GetProperty("enabled").GetBoolean().ShouldBeTrue();
        properties.GetProperty("httpSettings").GetProperty("requireHttps").GetBoolean().ShouldBeTrue();
        foreach (var provider in new[] { "azureActiveDirectory", "gitHub" })
            properties.GetProperty("identityProviders").GetProperty(provider).GetProperty("enabled").GetBoolean().ShouldBeTrue();

        static bool Told(Deployment deployment) =>
            deployment.Of("Microsoft.Web/sites").Single().GetProperty("properties").GetProperty("siteConfig").GetRawText().Contains("Pages__SignIn", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_deploys_with_a_password()
    {
        var doors = (await Deployment.BareAsync()).Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").ToList();

        doors.Select(d => d.GetProperty("name").GetString()!.Split('/')[1]).ShouldBe(["ftp", "scm"], ignoreOrder: true);
        doors.ShouldAllBe(d => !d.GetProperty("properties").GetProperty("allow").GetBoolean());
    }

    [Fact]
    public async Task The_app_does_everything_as_one_identity()
    {
        var app = (await Template.ResourcesAsync("Microsoft.Web/sites")).ShouldHaveSingleItem();

        app.GetProperty("identity").GetProperty("type").GetString().ShouldBe("UserAssigned");
        var properties = app.GetProperty("properties");
        var deployment = properties.GetProperty("functionAppConfig").GetProperty("deployment").GetProperty("storage").GetProperty("authentication");
        deployment.GetProperty("type").GetString().ShouldBe("UserAssignedIdentity");
        new[] { deployment.GetProperty("userAssignedIdentityResourceId"), properties.GetProperty("keyVaultReferenceIdentity") }
            .Select(i => i.GetString()).ShouldAllBe(i => i == "[parameters('identityId')]");
        app.GetProperty("identity").GetProperty("userAssignedIdentities").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("[format('{0}', parameters('identityId'))]");
    }

    [Fact]
    public async Task Storage_takes_identities_only_over_https_and_shows_nothing_in_public()
    {
        var storage = await OnlyAsync("Microsoft.Storage/storageAccounts");

        storage.GetProperty("allowSharedKeyAccess").GetBoolean().ShouldBeFalse();
        storage.GetProperty("defaultToOAuthAuthentication").GetBoolean().ShouldBeTrue();
        storage.GetProperty("allowBlobPublicAccess").GetBoolean().ShouldBeFalse();
        storage.GetProperty("supportsHttpsTrafficOnly").GetBoolean().ShouldBeTrue();
        storage.GetProperty("minimumTlsVersion").GetString().ShouldBe("TLS1_2");
        (await OnlyAsync("Microsoft.Storage/storageAccounts/blobServices/containers")).GetProperty("publicAccess").GetString().ShouldBe("None");
    }

    [Fact]
    public async Task The_vault_goes_by_roles_and_nothing_in_it_is_lost_by_mistake()
    {
        var vault = await OnlyAsync("Microsoft.KeyVault/vaults");

        vault.GetProperty("enableRbacAuthorization").GetBoolean().ShouldBeTrue();
        vault.GetProperty("enableSoftDelete").GetBoolean().ShouldBeTrue();
        vault.GetProperty("enablePurgeProtection").GetBoolean().ShouldBeTrue();
        vault.TryGetProperty("accessPolicies", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Telemetry_and_models_take_identities_only()
    {
        (await OnlyAsync("Microsoft.Insights/components")).GetProperty("DisableLocalAuth").GetBoolean().ShouldBeTrue();
        (await OnlyAsync("Microsoft.OperationalInsights/workspaces")).GetProperty("features").GetProperty("disableLocalAuth").GetBoolean().ShouldBeTrue();
        (await OnlyAsync("Microsoft.CognitiveServices/accounts")).GetProperty("disableLocalAuth").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Telemetry_has_a_cap_for_each_day()
    {
        var workspace = (await Deployment.BareAsync()).Of("Microsoft.OperationalInsights/workspaces").ShouldHaveSingleItem().GetProperty("properties");

        workspace.GetProperty("workspaceCapping").GetProperty("dailyQuotaGb").GetInt32().ShouldBeInRange(1, 5);
        workspace.GetProperty("retentionInDays").GetInt32().ShouldBe(30);
    }

    [Fact]
    public async Task What_costs_by_itself_is_off_unless_it_is_chosen()
    {
        var bare = await Deployment.BareAsync();

        bare.Of("Microsoft.CognitiveServices/accounts").ShouldBeEmpty();
        bare.Of("Microsoft.DurableTask/schedulers").ShouldBeEmpty();
        bare.Of("Microsoft.Web/sites").Single().GetProperty("properties").GetProperty("functionAppConfig").GetProperty("scaleAndConcurrency")
            .GetProperty("alwaysReady").GetArrayLength().ShouldBe(0);
    }

    private static async Task<JsonElement> OnlyAsync(string type) => (await Template.ResourcesAsync(type)).ShouldHaveSingleItem().GetProperty("properties");
}
