using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>Who may do what: these roles on these resources, and none beside them.</summary>
public partial class RoleTests
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Telemetry = "Microsoft.Insights/components";

    private static readonly IReadOnlyList<(string Resource, string Role)> Always =
    [
        (Storage, "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"), // Storage Blob Data Owner
        (Storage, "974c5e8b-45b9-4653-ba55-5f855dd0fb88"), // Storage Queue Data Contributor
        (Storage, "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"), // Storage Table Data Contributor
        (Vault, "4633458b-17de-408a-b874-0445c86b69e6"), // Key Vault Secrets User
        (Telemetry, "3913510d-42f4-4e42-8a64-420c390055eb"), // Monitoring Metrics Publisher
    ];

    private static readonly IReadOnlyList<(string Resource, string Role)> WhenChosen =
    [
        (Vault, "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"), // Key Vault Secrets Officer, for a person
        ("Microsoft.CognitiveServices/accounts", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"), // Cognitive Services OpenAI User
        ("Microsoft.DurableTask/schedulers/taskHubs", "0ad04412-c4d5-4796-b79c-f76d14c8d402"), // Durable Task Data Contributor
    ];

    [Fact]
    public async Task A_plain_deployment_gives_these_roles_only() => Roles(await Deployment.BareAsync()).ShouldBe(Always, ignoreOrder: true);

    [Fact]
    public async Task Everything_chosen_gives_these_roles_only() => Roles(await Deployment.FullAsync()).ShouldBe([.. Always, .. WhenChosen], ignoreOrder: true);

    /// <summary>Nor does the template hold an assignment that neither of the two deployments makes.</summary>
    [Fact]
    public async Task No_assignment_is_overlooked()
    {
        var assignments = await Template.ResourcesAsync("Microsoft.Authorization/roleAssignments");

        // Storage assigns its three in a loop.
        assignments.Count.ShouldBe(Always.Count + WhenChosen.Count - 2);
        assignments.Where(a => !a.TryGetProperty("scope", out _)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_person_may_write_secrets()
    {
        var officer = (await Deployment.FullAsync()).Of("Microsoft.Authorization/roleAssignments")
            .Single(a => Role(a) == WhenChosen[0].Role).GetProperty("properties").GetProperty("principalId").GetString();

        officer.ShouldBe("11111111-1111-1111-1111-111111111111");
    }

    [Fact]
    public async Task Every_role_has_its_line_in_the_guide()
    {
        var guide = Repository.Read("docs/azure.md");
        var titles = new[]
        {
            "Storage Blob Data Owner", "Storage Queue Data Contributor", "Storage Table Data Contributor", "Key Vault Secrets User", "Key Vault Secrets Officer",
            "Monitoring Metrics Publisher", "Cognitive Services OpenAI User", "Durable Task Data Contributor",
        };

        titles.Length.ShouldBe(Roles(await Deployment.FullAsync()).Count);
        titles.ShouldAllBe(t => guide.Contains(t, StringComparison.Ordinal));
    }

    private static List<(string Resource, string Role)> Roles(Deployment deployment) =>
        [.. deployment.Of("Microsoft.Authorization/roleAssignments").Select(a => (Resource(a), Role(a)))];

    /// <summary>The type of the one resource that an assignment is for; of the subscription or a group, there is none to be found.</summary>
    private static string Resource(JsonElement assignment)
    {
        var match = Scope().Match(assignment.GetProperty("id").GetString()!);
        match.Success.ShouldBeTrue($"{assignment.GetProperty("id")} reaches beyond one resource");
        return string.Join('/', match.Groups["type"].Captures.Select(c => c.Value).Prepend(match.Groups["provider"].Value));
    }

    private static string Role(JsonElement assignment) => assignment.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1];

    [GeneratedRegex(@"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/(?<provider>[^/]+)(/(?<type>[^/]+)/[^/]+)+/providers/Microsoft\.Authorization/roleAssignments/[^/]+$")]
    private static partial Regex Scope();
}
