using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Hooks;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps;

/// <summary>Purpose: work items of Azure DevOps, in the cloud or on a server: read, looked at, changed, and told of by service hooks.</summary>
public sealed class AzureDevOpsTracker : ILiveTracker, IDisposable
{
    public const string TrackerName = "azuredevops";

    public const string Form = "azuredevops:org/project";

    private readonly AzureDevOpsOptions options;
    private readonly AzureDevOpsCredentials credentials;
    private readonly AzureDevOpsApi api;
    private readonly ItemReader items;
    private readonly HistoryReader history;
    private readonly IdQuery ids;
    private readonly PageReader pages;
    private readonly ItemWriter writer;
    private readonly Teams teams;
    private readonly Notices notices;
    private readonly HookTending tending;

    public AzureDevOpsTracker(AzureDevOpsOptions options, AzureDevOpsCredentials credentials, ITrackerHttp http, TimeProvider time)
    {
        (this.options, this.credentials) = (options, credentials);
        api = new AzureDevOpsApi(options, credentials, http);
        var facts = new ProcessFacts(api);
        items = new ItemReader(api, facts);
        history = new HistoryReader(api, facts, options.OwnIdentity);
        ids = new IdQuery(api, time);
        pages = new PageReader(api, ids, items, new DeletedItems(api));
        var comments = new StickyComment(api, history, new OwnAccount(api, options));
        writer = new ItemWriter(api, facts, comments);
        teams = new Teams(api, time);
        notices = new Notices(api, comments);
        tending = new HookTending(api, options, time);
        Hooks = new AzureDevOpsHooks(options);
    }

    public string Name => TrackerName;

    public string SourceForm => Form;

    public ITrackerHooks Hooks { get; }

    public string? WhyNotWritable => credentials.IsAnonymous ? "no token is set (AzureDevOps:Token)" : null;

    public Task<string> ResolveAsync(string project, CancellationToken cancellation)
    {
        var asked = AzureProject.Parse(project);
        return ExplainAsync(asked, async () =>
        {
            var answer = await ProjectAsync(asked, cancellation);
            var organization = Organizations.Of(answer.Text("url"), options.BaseUrl) ?? asked.Organization;
            return (AzureProject.TryOf(organization, answer.Text("name") ?? asked.Name) ?? asked).ToString();
        });
    }

    public Task<TrackerPage> ReadPageAsync(TrackerPageRequest request, CancellationToken cancellation)
    {
        var project = AzureProject.Parse(request.Project);
        return ExplainAsync(project, () => pages.ReadAsync(project, request, cancellation));
    }

    /// <remarks>All numbers that there are, of closed items too: one question for each 20,000.</remarks>
    public Task<IReadOnlySet<WorkItemRef>> ListOpenAsync(string project, CancellationToken cancellation)
    {
        var asked = AzureProject.Parse(project);
        return ExplainAsync<IReadOnlySet<WorkItemRef>>(asked, async () =>
            (await ids.RunAsync(asked, since: null, cancellation)).Ids.Select(id => asked.Item(id)).ToHashSet());
    }

    public async Task<ItemLook> LookAsync(WorkItemRef item, CancellationToken cancellation)
    {
        var (project, id) = AzureProject.Of(item);
        try
        {
            var raw = await api.GetAsync($"{api.WorkAddressOf(project, "workitems", $"{id}")}?$expand=all&api-version={AzureDevOpsApi.Version}", cancellation);
            if (raw.Part("fields")?.Text(Fields.TeamProject) is { } now && !now.Equals(project.Name, StringComparison.OrdinalIgnoreCase))
                return new ItemLook(LookState.Gone, Why: $"it was moved to the project '{now}'");
            if (await items.MapAsync(project, raw, cancellation) is not { } mapped)
                return new ItemLook(LookState.NotReadable, Why: "its title, type or state is not shown to this account");
            return ItemLook.Of(mapped with { History = await history.ReadAsync(project, id, mapped.Type, cancellation) });
        }
        catch (ApiRefusedException refused) when (refused.Status == System.Net.HttpStatusCode.NotFound)
        {
            return await WhyNotThereAsync(project, cancellation);
        }
        catch (ApiRefusedException refused) when (refused.Status == System.Net.HttpStatusCode.Forbidden)
        {
            return new ItemLook(LookState.NotReadable, Why: "this account may not read it");
        }
        catch (ApiRefusedException refused)
        {
            throw ApiErrors.Explain(refused, project);
        }
    }

    public Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem item, IReadOnlyList<Effect> effects, CancellationToken cancellation) =>
        effects.Count == 0 ? Task.FromResult<IReadOnlyList<ChangeOutcome>>([]) : writer.ApplyAsync(item, effects, cancellation);

    public Task<TrackerRole> RoleOfAsync(string project, Person person, CancellationToken cancellation) =>
        teams.RoleOfAsync(AzureProject.Parse(project), person, cancellation);

    public Task<NoticeLook?> FindNoticeAsync(WorkItemRef item, string name, CancellationToken cancellation) =>
        credentials.IsAnonymous ? Task.FromResult<NoticeLook?>(null) : notices.FindAsync(item, name, cancellation);

    public Task<HookReport> TendHooksAsync(IReadOnlyList<string> projects, CancellationToken cancellation) =>
        credentials.IsAnonymous ? Task.FromResult(HookReport.Nothing) : tending.TendAsync(projects, cancellation);

    public void Dispose() => api.Dispose();

    /// <summary>The service answers alike for an item that is gone and for one that is hidden: whether the project is seen tells them apart.</summary>
    private async Task<ItemLook> WhyNotThereAsync(AzureProject project, CancellationToken cancellation)
    {
        try
        {
            await ProjectAsync(project, cancellation);
            return new ItemLook(LookState.Gone, Why: "it was deleted, or moved to another project");
        }
        catch (ApiRefusedException)
        {
            return new ItemLook(LookState.NotReadable, Why: "this account does not see its project");
        }
    }

    private Task<System.Text.Json.JsonElement> ProjectAsync(AzureProject project, CancellationToken cancellation) =>
        api.GetAsync($"{api.AddressOf(project.Organization, "_apis", "projects", project.Name)}?api-version={AzureDevOpsApi.Version}", cancellation);

    private static async Task<T> ExplainAsync<T>(AzureProject project, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ApiRefusedException refused)
        {
            throw ApiErrors.Explain(refused, project);
        }
    }
}
