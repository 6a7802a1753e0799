using ServerlessBacklog.Adapters.Trackers.GitHub.Auth;
using ServerlessBacklog.Adapters.Trackers.GitHub.Hooks;
using ServerlessBacklog.Adapters.Trackers.GitHub.Reading;
using ServerlessBacklog.Adapters.Trackers.GitHub.Tending;
using ServerlessBacklog.Adapters.Trackers.GitHub.Writing;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.GitHub;

/// <summary>
/// Purpose: issues of a repository on github.com or an Enterprise Server. Read over GraphQL with credentials, over REST without; written
/// one label, field, link or comment at a time, so that nothing of others is replaced.
/// </summary>
public sealed class GitHubTracker : ILiveTracker
{
    public const string TrackerName = "github";

    public const string Form = "github:owner/repo";

    private readonly Lazy<Parts> parts;

    public GitHubTracker(GitHubOptions options, ITrackerHttp http, TimeProvider time)
    {
        // Settings are looked at when GitHub is first used: a wrong key must not stop whoever reads a file.
        parts = new Lazy<Parts>(() => new Parts(new GitHubAccess(options, http, time)), LazyThreadSafetyMode.PublicationOnly);
        Hooks = new GitHubHooks(options, () => parts.IsValueCreated ? parts.Value.Access.KnownOwn : null);
    }

    public string Name => TrackerName;

    public string SourceForm => Form;

    public ITrackerHooks Hooks { get; }

    public string? WhyNotWritable
    {
        get
        {
            try
            {
                return parts.Value.Access.Account is GitHubAccount.Anonymous ? "no token and no app is set for GitHub" : null;
            }
            catch (UserErrorException error)
            {
                return error.Message.TrimEnd('.');
            }
        }
    }

    public bool KeepsFiles => true;

    public Task<TrackerFile?> ReadFileAsync(string project, string path, CancellationToken cancellation) =>
        RepositoryFiles.ReadAsync(parts.Value.Access, RepositoryName.Parse(project), path, cancellation);

    public async Task<string> ResolveAsync(string project, CancellationToken cancellation) =>
        (await parts.Value.Repositories.FindAsync(RepositoryName.Parse(project), cancellation)).Name.ToString();

    public Task<TrackerPage> ReadPageAsync(TrackerPageRequest request, CancellationToken cancellation) =>
        parts.Value.Pages.ReadAsync(request, cancellation);

    public async Task<IReadOnlySet<WorkItemRef>> ListOpenAsync(string project, CancellationToken cancellation)
    {
        var name = RepositoryName.Parse(project);
        return await OpenList.ReadAsync(await parts.Value.Access.ForAsync(name, cancellation), name, cancellation);
    }

    public Task<ItemLook> LookAsync(WorkItemRef item, CancellationToken cancellation) => parts.Value.Looks.LookAsync(item, cancellation);

    public Task<IReadOnlyList<ChangeOutcome>> ApplyAsync(WorkItem item, IReadOnlyList<Effect> effects, CancellationToken cancellation) =>
        parts.Value.Writer.ApplyAsync(item, effects, cancellation);

    public Task<TrackerRole> RoleOfAsync(string project, Person person, CancellationToken cancellation) =>
        parts.Value.Roles.OfAsync(project, person, cancellation);

    public Task<NoticeLook?> FindNoticeAsync(WorkItemRef item, string name, CancellationToken cancellation) =>
        parts.Value.Notices.FindAsync(item, name, cancellation);

    public Task<HookReport> TendHooksAsync(IReadOnlyList<string> projects, CancellationToken cancellation) =>
        parts.Value.Tender.TendAsync(projects, cancellation);

    private sealed class Parts
    {
        public Parts(GitHubAccess access)
        {
            Access = access;
            Repositories = new Repositories(access);
            var graphQl = new GraphQlItems();
            Pages = new PageReader(access, Repositories, graphQl);
            Looks = new Looks(access, graphQl);
            Writer = new Writer(access);
            Roles = new Roles(access);
            Notices = new Notices(access);
            Tender = new HookTender(access);
        }

        public GitHubAccess Access { get; }

        public Repositories Repositories { get; }

        public PageReader Pages { get; }

        public Looks Looks { get; }

        public Writer Writer { get; }

        public Roles Roles { get; }

        public Notices Notices { get; }

        public HookTender Tender { get; }
    }
}
