using System.Text.RegularExpressions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

internal sealed partial class AttackedAzureDevOps : IAttackedTracker
{
    private const string Us = "backlog.bot@contoso.com";
    private const string Token = "hush-token-of-the-azure-bot";
    private const string Shop = "Shop";

    private readonly AzureDevOpsStandIn devOps;
    private readonly HashSet<int> planted = [];

    private AttackedAzureDevOps(AzureDevOpsStandIn devOps) => this.devOps = devOps;

    public static async Task<IAttackedTracker> StartAsync()
    {
        var devOps = await AzureDevOpsStandIn.StartAsync(new AzureDevOpsStandInOptions { Tokens = new Dictionary<string, string> { [Token] = Us }, Rates = null });
        await devOps.CreateProjectAsync(Shop, new AzureDevOpsProjectSetup
        {
            Areas = ["Editor", "List"],
            Iterations = ["Sprint 1", .. AttackCase.All.Where(c => c.Place == "iteration").Select(c => c.Text)],
            Members = ["ada@contoso.com", "mallory@contoso.com"],
        });
        await devOps.CreateItemAsync(Shop, "ada@contoso.com", "User Story", "Translate the handbook into Finnish", "Chapters one to nine.");
        return new AttackedAzureDevOps(devOps);
    }

    public string Name => "azuredevops";

    public string Project => $"contoso/{Shop}";

    public string Secret => Token;

    public string Host => devOps.Address.Authority;

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("AzureDevOps:BaseUrl", devOps.Address.ToString()),
        new("AzureDevOps:Token", Token),
    ];

    /// <summary>Mentions are HTML there: that none is written is seen in the texts.</summary>
    public IReadOnlyList<string> Called => [];

    public async Task<WorkItemRef> PlantAsync(AttackedItem attack)
    {
        await devOps.CreateItemAsync(Shop, "ada@contoso.com", "Bug", attack.TwinTitle, attack.TwinBody);
        var fields = new Dictionary<string, string>();
        if (attack.Label is not null)
            fields["System.Tags"] = attack.Label;
        if (attack.Iteration is not null)
            fields["System.IterationPath"] = $"{Shop}\\{attack.Iteration}";
        var id = await devOps.CreateItemAsync(Shop, $"{attack.Author}@contoso.com", "Bug", attack.Title, attack.Body, fields);
        planted.Add(id);
        foreach (var (comment, i) in attack.Comments.Select((c, i) => (c, i)))
            await devOps.CommentAsync(id, $"person-{i % 4}@contoso.com", comment);
        return new WorkItemRef(Name, Project, $"{id}");
    }

    /// <remarks>A link has an end at the other item too; whether it may be made is seen at the item that was triaged.</remarks>
    public IReadOnlyDictionary<string, string> State() => devOps.Items(Shop).ToDictionary(i => $"{i.Id}", i =>
        $"{i.Title}|{i.Type}|{i.State}|{i.AssignedTo}|{string.Join(',', i.Tags)}|{string.Join(',', i.Links.Where(l => l.Target is not { } other || !planted.Contains(other)).Select(l => $"{l.Rel} {l.Target}"))}|{i.IsDeleted}|"
        + $"{string.Join('|', i.Fields.Where(f => !Moving().IsMatch(f.Key)).OrderBy(f => f.Key).Select(f => $"{f.Key}={f.Value}"))}|comments {i.Comments.Count(c => c.By != Us)}");

    public IReadOnlyList<string> OurComments(WorkItemRef item) => [.. devOps.Item(int.Parse(item.Number)).Comments.Where(c => c.By == Us).Select(c => c.Text)];

    public IReadOnlyList<string> WrittenTo() => [.. devOps.Writes.Where(w => !w.Path.Contains("/wiql", StringComparison.OrdinalIgnoreCase) && !w.Path.Contains("workitemsbatch", StringComparison.OrdinalIgnoreCase))
        .Select(w => Item().Match(w.Path) is { Success: true } m ? m.Groups[1].Value : $"{w.Method} {w.Path}")];

    public ValueTask DisposeAsync() => devOps.DisposeAsync();

    [GeneratedRegex(@"/workItems/(\d+)(?:/|\?|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Item();

    [GeneratedRegex(@"Changed|Rev$|CommentCount|Watermark|System\.History|AuthorizedDate|RevisedDate")]
    private static partial Regex Moving();
}
