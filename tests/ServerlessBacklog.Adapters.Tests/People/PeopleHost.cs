using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Tests.RedTeam;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.LocalRunner;
using ServerlessBacklog.StandIns;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Alerts;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Waits;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Tests.People;

/// <summary>
/// All that a host has, with a clock that a test moves: a played tracker whose webhooks come in over HTTP, the embedded store, the durable runner, every step
/// in shadow mode, and one step beside them that proposes what a test says.
/// </summary>
internal sealed class PeopleHost : IAsyncDisposable
{
    private const string Step = "fake";

    /// <summary>Real time that a test waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string directory;
    private readonly ServiceProvider services;
    private readonly HttpClient http = new();
    private readonly FakeTimeProvider time;
    private StandInServer? door;

    private PeopleHost(IPlayedTracker tracker, FakeTimeProvider time, ServiceProvider services, string directory) =>
        (Tracker, this.time, this.services, this.directory) = (tracker, time, services, directory);

    public IPlayedTracker Tracker { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public IEnumerable<string> Log => services.GetRequiredService<KeptLog>().Lines;

    public string Backlog => Tracker.Project;

    private LocalRunner.LocalRunner Runner => services.GetRequiredService<LocalRunner.LocalRunner>();

    private IPendingStore Pending => services.GetRequiredService<IPendingStore>();

    /// <param name="propose">What the step proposes on an item that is not so yet; it is sure of each.</param>
    public static async Task<PeopleHost> StartAsync(Func<TimeProvider, Task<IPlayedTracker>> play, Func<WorkItem, IReadOnlyList<Change>> propose, Autonomy autonomy = Autonomy.Suggest)
    {
        // As a real clock it stands still for nobody: what is written later has a later time.
        var time = new FakeTimeProvider(An.Instant) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(100) };
        var tracker = await play(time);
        var directory = Directory.CreateTempSubdirectory("backlog-people-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            .. tracker.Settings,
            new("DataDirectory", directory),
            new("Trackers:Pace:SkipLoopback", "true"),
            new("Triage:WithoutGate", "true"),
            new("Triage:Encoder", "off"),
        ]).Build();
        var step = new FakeStep(Step) { Shape = (finding, item, _) => finding with { Proposals = [.. propose(item).Where(c => Inverse.Of(item, c) is not null).Select(c => new Proposal(c, Confidence.Certain))] } };
        var services = new ServiceCollection()
            .AddSingleton<KeptLog>()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).Services.AddSingleton<ILoggerProvider>(p => p.GetRequiredService<KeptLog>()))
            .AddServerlessBacklog(configuration)
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<RecordedTeller>()
            .AddSingleton<ITeller>(provider => provider.GetRequiredService<RecordedTeller>())
            .AddSingleton<IReadOnlyList<ITriageStep>>([.. TriageSteps.All, step])
            .AddSingleton(provider => LocalRunner.LocalRunner.Open(new LocalRunnerOptions
            {
                Path = Path.Combine(directory, "workflow.db"),
                Registry = provider.GetRequiredService<WorkflowRegistry>(),
                Scopes = provider.GetRequiredService<IServiceScopeFactory>(),
                Time = time,
            }))
            .AddSingleton<IOrchestrationClient>(provider => provider.GetRequiredService<LocalRunner.LocalRunner>())
            .BuildServiceProvider();
        var host = new PeopleHost(tracker, time, services, directory);
        await host.AllowAsync(autonomy);
        await host.Runner.StartAsync();
        host.door = await StandInServer.StartAsync(app => app.MapPost("/hooks/{tracker}", host.TakeInAsync));
        await tracker.PointHooksAsync(host.door.Address);
        return host;
    }

    /// <summary>How far the step may go from now on.</summary>
    public Task AllowAsync(Autonomy autonomy) => services.GetRequiredService<KeptSettings>().KeepAsync(
        Backlog, new TriageSettings { Policy = new DecisionPolicy { Steps = new Dictionary<string, StepPolicy> { [Step] = new(autonomy) } } }, default);

    /// <summary>The backlog goes by these settings from now on.</summary>
    public Task GoByAsync(TriageSettings settings) => services.GetRequiredService<KeptSettings>().KeepAsync(Backlog, settings, default);

    public WorkItemRef Ref(int number) => new(Tracker.Name, Tracker.Project, $"{number}");

    /// <summary>Somebody opens an item, and what follows from it comes to rest.</summary>
    public async Task<int> OpenAsync(string title = "The basket is empty after login", string by = IPlayedTracker.Rita, string body = "Steps: log in with a full basket. Expected: it stays. Actual: it is empty.")
    {
        var number = await Tracker.OpenAsync(by, title, body);
        await SettleAsync();
        return number;
    }

    /// <summary>Somebody writes a comment a minute later, and what follows from it comes to rest.</summary>
    public Task SayAsync(int number, string by, string text) => DoAsync(() => Tracker.CommentAsync(number, by, text));

    /// <summary>Something happens a minute later, and what follows from it comes to rest.</summary>
    public async Task DoAsync(Func<Task> act)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        await act();
        await SettleAsync();
    }

    /// <summary>Time goes by, in steps of half a day at most, with the timers that look at waits.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= TimeSpan.FromHours(12))
        {
            time.Advance(left < TimeSpan.FromHours(12) ? left : TimeSpan.FromHours(12));
            await SettleAsync();
            await services.GetRequiredService<Upkeep>().LookAtWaitsAsync(Runner, default);
            await SettleAsync();
        }
    }

    /// <summary>The item is triaged again, as if somebody had changed it.</summary>
    public async Task TriageAsync(int number)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        await ItemTriage.StartAsync(Runner, Backlog, Ref(number), "", default);
        await SettleAsync();
    }

    /// <summary>Sends what told of the newest comment again.</summary>
    public Task RepeatCommentAsync() => Tracker.RepeatCommentAsync(async request => (await http.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue());

    /// <summary>What was told outside the tracker.</summary>
    public IReadOnlyList<ToldMessage> Told => services.GetRequiredService<RecordedTeller>().Told;

    /// <summary>The timer that looks for what is late and what rests.</summary>
    public async Task WatchAsync()
    {
        await services.GetRequiredService<Watching>().RunAsync(Backlog, default);
        services.GetRequiredService<KeptLog>().Lines.ShouldNotContain(l => l.Contains("could not be looked after", StringComparison.Ordinal));
    }

    /// <summary>Time goes by a step at a time, with that timer after each step.</summary>
    public async Task WatchForAsync(TimeSpan span, TimeSpan step)
    {
        for (var left = span; left > TimeSpan.Zero; left -= step)
        {
            time.Advance(step);
            await SettleAsync();
            await WatchAsync();
        }
    }

    /// <summary>What a step says of an item now.</summary>
    public async Task<Finding?> FindingAsync(int number, string step) =>
        (await services.GetRequiredService<IBacklogStore>().FindingsAsync(Backlog, Ref(number), default)).FirstOrDefault(f => f.Finding.Step == step)?.Finding;

    /// <summary>Sends all that was told so far again.</summary>
    public Task RepeatAllAsync() => Tracker.RepeatAllAsync(async request => (await http.SendAsync(request)).IsSuccessStatusCode.ShouldBeTrue());

    /// <summary>Until nothing can go on without an act or a later time.</summary>
    public async Task SettleAsync()
    {
        var deliveries = services.GetRequiredService<IDeliveryStore>();
        for (var (waited, quiet) = (Stopwatch.StartNew(), 0); quiet < 2; await Task.Delay(1))
        {
            await Tracker.DrainAsync();
            await services.GetRequiredService<DeliveryStart>().StartPendingAsync(Runner, 500, default);
            quiet = await Runner.IsIdleAsync() && (await deliveries.CountAsync(default)).Pending == 0 ? quiet + 1 : 0;
            if (waited.Elapsed > Patience)
                throw new TimeoutException("Still not at rest: " + string.Join("; ", await Runner.ListAsync(new InstanceFilter(), 20)));
        }
    }

    public async Task<IReadOnlyList<Ask>> AsksAsync(int number) => [.. (await Pending.AsksAsync(Backlog, default)).Where(a => a.Item == Ref(number)).OrderBy(a => a.OpenedAt)];

    public Task<IReadOnlyList<Wait>> WaitsAsync(int number) => Pending.WaitsAsync(Backlog, Ref(number), default);

    public Task<IReadOnlyList<Decision>> DecisionsAsync(int number) => services.GetRequiredService<IBacklogStore>().DecisionsAsync(Backlog, Ref(number), default);

    public Task<IReadOnlyList<DecisionOutcome>> OutcomesAsync(int number) => services.GetRequiredService<IBacklogStore>().OutcomesAsync(Backlog, Ref(number), default);

    /// <summary>Our comments that answer a command.</summary>
    public IReadOnlyList<string> Replies(int number) => [.. Tracker.OurComments(number).Select(c => c.Text).Where(t => t.Contains("gave a command", StringComparison.Ordinal))];

    /// <summary>Our comments that announce a close, or say that it is called off.</summary>
    public IReadOnlyList<(long Id, string Text)> Notices(int number) =>
        [.. Tracker.OurComments(number).Where(c => c.Text.Contains("a close was approved", StringComparison.Ordinal))];

    public Task StopWritesAsync() => services.GetRequiredService<IWriteStop>().StopAsync(new WriteStop("a test stops it", Now), default);

    public Task AllowWritesAsync() => services.GetRequiredService<IWriteStop>().AllowAsync(default);

    /// <summary>The acts that the audit log holds on an item, in order; the log as a whole holds.</summary>
    public async Task<IReadOnlyList<string>> AuditedAsync(int number)
    {
        var log = services.GetRequiredService<IAuditLog>();
        (await AuditVerifier.VerifyAsync(log, Backlog, null, default)).Problems.ShouldBeEmpty();
        return [.. (await log.OnItemAsync(Backlog, Ref(number), default)).Select(r => AuditSeal.Open(r)!.Act)];
    }

    public async ValueTask DisposeAsync()
    {
        if (door is not null)
            await door.DisposeAsync();
        await services.DisposeAsync();
        await Tracker.DisposeAsync();
        http.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private async Task TakeInAsync(HttpContext context)
    {
        var body = await Call.ReadBodyAsync(context.Request.Body, context.Request.ContentLength, Routes.Hook.MaxBody, default);
        var reply = await services.GetRequiredService<Requests>().HandleAsync(
            Routes.Hook,
            new Call(name => context.Request.RouteValues.GetValueOrDefault(name) as string, body!.Value, Runner, default)
            {
                Header = name => context.Request.Headers.TryGetValue(name, out var values) ? (string?)values : null,
                DeliveryWaits = () => { },
            });
        context.Response.StatusCode = reply.Status;
        await context.Response.Body.WriteAsync(reply.ToJson());
    }
}
