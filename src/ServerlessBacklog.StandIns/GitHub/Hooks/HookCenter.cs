using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.StandIns.Deliveries;
using ServerlessBacklog.StandIns.GitHub.Model;
using ServerlessBacklog.StandIns.GitHub.Rest;

namespace ServerlessBacklog.StandIns.GitHub.Hooks;

/// <summary>Turns what happened into deliveries. The payload shows the state at that moment, whenever it is sent.</summary>
internal sealed class HookCenter(World world, DeliveryFaults faults, DeliveryPost<Attempt> post)
{
    // One chance for each question: what is lost does not depend on how often the rest is sent.
    private readonly Random losing = new(faults.Seed);
    private readonly Random dropping = new(faults.Seed + 1);
    private readonly Random naming = new(faults.Seed + 2);
    private GitHubHookTarget? target;
    private Hook? appHook;
    private readonly Dictionary<long, Hook> repoHooks = [];
    private readonly List<Hook> made = [];

    /// <summary>Set once the server knows its own address.</summary>
    public Shapes Shapes { get; set; } = new("");

    public IReadOnlyList<Attempt> Attempts => post.Sent;

    public Hook? AppHook => appHook;

    public IReadOnlyList<Hook> HooksOf(Repo repo) => [.. (HookFor(repo) is { } hook ? [hook] : Array.Empty<Hook>()), .. made.Where(h => h.RepoId == repo.Id)];

    /// <summary>Adds a hook that somebody made over the API, or puts it in the place of what it was before.</summary>
    public void Keep(Hook hook)
    {
        if (hook.RepoId is not { } repo)
            appHook = hook;
        else if (repoHooks.GetValueOrDefault(repo)?.Id == hook.Id)
            repoHooks[repo] = hook;
        else if (made.FindIndex(h => h.Id == hook.Id) is >= 0 and var at)
            made[at] = hook;
        else
            made.Add(hook);
    }

    public void PointAt(GitHubHookTarget? to)
    {
        target = to;
        appHook = to is { AppHook: true } ? new Hook(appHook?.Id ?? world.NextId(), to.Url, to.Secret, world.App.Id, null) : null;
        repoHooks.Clear();
    }

    /// <summary>Tells an event of a repository to every hook that listens there.</summary>
    public void Raise(string name, string? action, Repo repo, Doer sender, Action<JsonObject> fill)
    {
        if ((target is null && appHook is null && made.Count == 0) || losing.NextDouble() < faults.LoseShare)
            return;
        var payload = new JsonObject();
        if (action is not null)
            payload["action"] = action;
        fill(payload);
        payload["repository"] = Shapes.Repository(repo);
        if (repo.Owner.Type == "Organization")
            payload["organization"] = Organization(repo.Owner);
        payload["sender"] = Shapes.Account(sender.Account);
        foreach (var hook in HooksOf(repo).Where(h => h.Hears(name)))
            Send(hook, name, action, payload, repo, null);
        if (appHook is { IsActive: true } && world.App.Events.Contains(name) && world.InstallationOf(repo) is { IsSuspended: false } installation)
        {
            payload["installation"] = new JsonObject { ["id"] = installation.Id, ["node_id"] = NodeIds.Of("INST", installation.Id) };
            Send(appHook, name, action, payload, repo, installation.Id);
        }
    }

    /// <summary>Tells an event that belongs to the app alone, such as an installation.</summary>
    public void RaiseForApp(string name, string? action, long? installationId, JsonObject payload)
    {
        if (appHook is { IsActive: true })
            Send(appHook, name, action, payload, null, installationId);
    }

    /// <summary>What GitHub sends to see whether somebody answers.</summary>
    public void Ping(Hook hook, Repo? repo, Account? sender)
    {
        var payload = new JsonObject { ["zen"] = "Keep it logically awesome.", ["hook_id"] = hook.Id, ["hook"] = HookShapes.Hook(hook, Attempts, Shapes) };
        if (repo is not null)
            payload["repository"] = Shapes.Repository(repo);
        if (sender is not null)
            payload["sender"] = Shapes.Account(sender);
        Send(hook, "ping", null, payload, repo, null);
    }

    private void Send(Hook hook, string name, string? action, JsonObject payload, Repo? repo, long? installationId)
    {
        var bytes = Encoding.UTF8.GetBytes(payload.ToJsonString());
        var guid = NewGuid();
        for (var i = 0; i < Math.Max(1, faults.RepeatTimes); i++)
            post.Queue(new Attempt
            {
                Id = world.NextId(), Guid = guid, Hook = hook, Event = name, Action = action, Payload = bytes,
                InstallationId = installationId, RepositoryId = repo?.Id, IsRedelivery = i > 0,
                IsDropped = dropping.NextDouble() < faults.DropShare,
            });
    }

    /// <summary>Sends a delivery again, as a person or a client asks for.</summary>
    public void Redeliver(Attempt attempt) => post.Queue(new Attempt
    {
        Id = world.NextId(), Guid = attempt.Guid, Hook = Current(attempt.Hook), Event = attempt.Event, Action = attempt.Action,
        Payload = attempt.Payload, InstallationId = attempt.InstallationId, RepositoryId = attempt.RepositoryId, IsRedelivery = true,
    });

    /// <summary>The hook as it is now: its address or secret may have been changed since.</summary>
    private Hook Current(Hook hook) =>
        hook.RepoId is { } id && world.Repo(id) is { } repo ? HooksOf(repo).FirstOrDefault(h => h.Id == hook.Id) ?? hook
        : hook.RepoId is null ? appHook ?? hook
        : hook;

    private Hook? HookFor(Repo repo)
    {
        if (target is not { RepositoryHook: true })
            return null;
        if (!repoHooks.TryGetValue(repo.Id, out var hook))
            repoHooks[repo.Id] = hook = new Hook(world.NextId(), target.Url, target.RepositorySecret ?? target.Secret, repo.Id, repo.Id);
        return hook;
    }

    private JsonObject Organization(Account owner) => new()
    {
        ["login"] = owner.Login, ["id"] = owner.Id, ["node_id"] = owner.NodeId, ["url"] = $"{Shapes.Root}/orgs/{owner.Login}",
    };

    private Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        naming.NextBytes(bytes);
        return new Guid(bytes);
    }
}
