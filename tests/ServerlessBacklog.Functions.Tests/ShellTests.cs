using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;
using ServerlessBacklog.Adapters;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Functions.Tests;

/// <summary>The shell has a function for everything in the lists, and nothing else in it.</summary>
public class ShellTests
{
    private static readonly List<MethodInfo> Functions =
    [
        .. typeof(Program).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(Program).Namespace)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(m => m.GetCustomAttribute<FunctionAttribute>() is not null),
    ];

    [Fact]
    public void Every_orchestration_has_a_function_and_every_function_an_orchestration() =>
        NamesWith<OrchestrationTriggerAttribute>().ShouldBe(OrchestrationList.All.Select(o => o.Name), ignoreOrder: true);

    [Fact]
    public void Every_activity_has_a_function_and_every_function_an_activity() =>
        NamesWith<ActivityTriggerAttribute>().ShouldBe(ActivityList.All.Select(a => a.Name), ignoreOrder: true);

    [Fact]
    public void Every_timer_has_a_function_whose_schedule_is_its_setting() =>
        Functions.SelectMany(m => m.GetParameters(), (m, p) => (Name: NameOf(m), p.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule))
            .Where(f => f.Schedule is not null)
            .ShouldBe(Timers.All.Select(t => (t.Name, (string?)$"%Timers:{t.Name}%")), ignoreOrder: true);

    /// <summary>An activity is found by the name of its method.</summary>
    [Fact]
    public void Every_function_of_an_activity_bears_the_name_of_its_method() =>
        Functions.Where(Has<ActivityTriggerAttribute>).ShouldAllBe(m => m.Name == NameOf(m));

    [Fact]
    public void Names_of_functions_differ_even_when_case_is_ignored() =>
        Functions.Select(NameOf).ShouldBeUnique(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void The_shell_is_thin()
    {
        var lines = Repository.ShellSources().SelectMany(File.ReadLines).Count(l => l.Trim() is not "" and not ['/', '/', ..]);

        lines.ShouldBeInRange(100, 299);
    }

    /// <summary>What is decided about items is decided in Triage; what a wait or a delay is, Durable knows alone.</summary>
    [Theory]
    [InlineData("ConfigureAwait(")]
    [InlineData("Task.Delay")]
    [InlineData("Task.Run")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("WorkItem")]
    [InlineData("Finding")]
    [InlineData("ITracker")]
    [InlineData("IBacklogStore")]
    public void The_shell_decides_nothing(string word) =>
        Repository.ShellSources().Where(f => File.ReadLines(f).Any(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal) && l.Contains(word, StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void Worker_and_Durable_write_JSON_as_the_seam_does()
    {
        using var host = Program.Build([]);

        host.Services.GetRequiredService<IOptions<JsonSerializerOptions>>().Value.ShouldBeSameAs(WorkflowJson.Options);
    }

    /// <summary>The Functions host logs what a worker says once it has been built, not before.</summary>
    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")]
    [InlineData("Timers:Sweep", "never")]
    [InlineData("GitHub:Tokn", "x")]
    public async Task What_is_set_wrongly_is_told_when_the_host_starts_not_while_it_is_built(string setting, string value)
    {
        using var host = Program.Build([$"--{setting}={value}", "--Functions:Worker:HostEndpoint=http://127.0.0.1:1", "--Functions:Worker:WorkerId=w", "--Functions:Worker:RequestId=r"]);

        // The real worker's own service is made with them, and not started: no Functions host is there to talk to.
        var ours = host.Services.GetServices<IHostedService>().Single(s => s.GetType().Assembly == typeof(ServerlessBacklogServices).Assembly);

        var refused = await Should.ThrowAsync<UserErrorException>(() => ours.StartAsync(TestContext.Current.CancellationToken));

        refused.Message.ShouldContain(setting);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", true)]
    [InlineData("DataDirectory=.backlog", false)]
    public void Telemetry_is_set_up_where_a_setting_says_where_it_goes(string setting, bool isSetUp)
    {
        using var host = Program.Build([$"--{setting}"]);

        (host.Services.GetService<TracerProvider>() is not null).ShouldBe(isSetUp);
    }

    [Fact]
    public async Task All_that_a_function_needs_is_registered()
    {
        var directory = Directory.CreateTempSubdirectory("functions-");
        using (var host = Program.Build([$"--DataDirectory={directory.FullName}"]))
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var functions = Functions.Select(f => f.DeclaringType!).Distinct().Select(type => ActivatorUtilities.CreateInstance(scope.ServiceProvider, type));
            var activities = ActivityList.All.Select(a => scope.ServiceProvider.GetRequiredService(a.Type));

            functions.Concat(activities).ToList().Count.ShouldBeGreaterThan(ActivityList.All.Count);
        }

        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_function_runs_its_activity_with_the_services_of_its_invocation()
    {
        var registry = new WorkflowRegistry([], [ActivityEntry.Of<Double, int, int>(new("RunStep", RetryPolicy.Default))]);
        await using var services = new ServiceCollection().AddScoped<Double>().BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();

        var result = await new Activities(registry).RunStep(JsonElement.Parse("21"), new FakeInvocation { InstanceServices = scope.ServiceProvider });

        result.GetInt32().ShouldBe(42);
    }

    [Fact]
    public async Task A_function_runs_its_orchestration_over_Durable()
    {
        var registry = new WorkflowRegistry([OrchestrationEntry.Of<AskForDouble, int, int>(new("Sample"))], []);
        var durable = new FakeContext { Input = "21", Answer = call => Task.FromResult((int.Parse(call.Input) * 2).ToString()) };

        var output = await new Orchestrations(registry).TriageItem(durable);

        output.GetInt32().ShouldBe(42);
    }

    private static IEnumerable<string> NamesWith<T>()
        where T : Attribute =>
        Functions.Where(Has<T>).Select(NameOf);

    private static bool Has<T>(MethodInfo function)
        where T : Attribute =>
        function.GetParameters().Any(p => p.GetCustomAttribute<T>() is not null);

    private static string NameOf(MethodInfo function) => function.GetCustomAttribute<FunctionAttribute>()!.Name;

    private sealed class Double : IActivity<int, int>
    {
        public static ActivityRef<int, int> Ref { get; } = new("Double", RetryPolicy.Default);

        public Task<int> RunAsync(int input, CancellationToken cancellation) => Task.FromResult(2 * input);
    }

    private sealed class AskForDouble : IOrchestration<int, int>
    {
        public Task<int> RunAsync(IOrchestrationContext context, int input) => context.CallAsync(Double.Ref, input);
    }
}
