using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Notifications;
using ServerlessBacklog.Adapters.Telemetry;
using ServerlessBacklog.Adapters.Trackers;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalHost.Tests;

/// <summary>Who may know whom, and what the deciding rooms may not touch. The arrows stand in src/README.md.</summary>
public class ArchitectureTests
{
    private static readonly Assembly Domain = typeof(WorkItem).Assembly;
    private static readonly Assembly Analysis = typeof(Tokenizer).Assembly;
    private static readonly Assembly Triage = typeof(ITriageStep).Assembly;
    private static readonly Assembly Workflow = typeof(IOrchestrationContext).Assembly;

    /// <summary>Members that make a decision depend on when and where it is made. A type alone forbids all its members.</summary>
    private static readonly string[] Forbidden =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Guid.NewGuid", "System.Random.get_Shared", "System.Console",
        "System.Environment.get_TickCount", "System.Environment.GetEnvironmentVariable", "System.Environment.get_MachineName",
        "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.Net.Http.HttpClient", "System.Threading.Thread.Sleep",
        "System.Threading.Tasks.Task.Delay",
    ];

    /// <summary>A source that is a bare path is told from a misspelled one by looking whether it is there.</summary>
    private static readonly string[] Allowed = ["SourceAddress: System.IO.File.Exists"];

    public static TheoryData<Assembly> DecidingRooms => [Domain, Analysis, Triage];

    [Fact]
    public void Domain_knows_nobody() => ReferencesOf(Domain).ShouldBeEmpty();

    [Fact]
    public void Analysis_knows_the_domain_only() => ReferencesOf(Analysis).ShouldBe(["ServerlessBacklog.Domain"]);

    [Fact]
    public void Workflow_knows_nobody() => ReferencesOf(Workflow).ShouldBeEmpty();

    [Fact]
    public void The_local_runner_knows_the_seam_and_nothing_of_backlogs() =>
        ReferencesOf(Assembly.Load("ServerlessBacklog.LocalRunner")).Where(name => name.StartsWith("ServerlessBacklog.", StringComparison.Ordinal))
            .ShouldBe(["ServerlessBacklog.Workflow"]);

    /// <summary>They judge what the others do: so they must not learn it from them.</summary>
    [Fact]
    public void Stand_ins_know_nothing_of_ours() =>
        ReferencesOf(Assembly.Load("ServerlessBacklog.StandIns")).Where(name => name.StartsWith("ServerlessBacklog.", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Adapters_know_the_application_and_no_host() =>
        ReferencesOf(Assembly.Load("ServerlessBacklog.Adapters")).Where(name => name.StartsWith("ServerlessBacklog.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["ServerlessBacklog.Analysis", "ServerlessBacklog.Domain", "ServerlessBacklog.Triage", "ServerlessBacklog.Workflow"]);

    [Fact]
    public void Triage_knows_analysis_domain_and_abstractions_only() =>
        ReferencesOf(Triage)
            .Except(["ServerlessBacklog.Analysis", "ServerlessBacklog.Domain", "ServerlessBacklog.Workflow"])
            .ShouldAllBe(name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && name.EndsWith(".Abstractions", StringComparison.Ordinal));

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(DecidingRooms))]
    public void Deciding_code_has_no_clock_no_chance_and_no_files(Assembly room) =>
        UsesOf(room).Where(u => Forbidden.Any(f => u.Member == f || u.Member.StartsWith(f + ".", StringComparison.Ordinal)))
            .Select(u => $"{u.Type}: {u.Member}")
            .Except(Allowed)
            .ShouldBeEmpty();

    [Fact]
    public void The_scan_sees_what_it_looks_for() =>
        UsesOf(Triage).Select(u => $"{u.Type}: {u.Member}").ShouldContain(Allowed[0]);

    [Fact]
    public void Clients_of_Azure_are_known_to_storage_credentials_telemetry_and_the_clients_of_models_only()
    {
        var adapters = Assembly.Load("ServerlessBacklog.Adapters");
        var rooms = adapters.GetTypes().Where(t => t.Namespace is "ServerlessBacklog.Adapters.Storage.Azure" or "ServerlessBacklog.Adapters.Telemetry").Select(t => t.Name);

        var users = UsesOf(adapters).Where(u => u.Member.StartsWith("Azure.", StringComparison.Ordinal)).Select(u => u.Type).Distinct().ToList();

        users.ShouldContain("AzureTable");
        users.ShouldContain(nameof(AzureDevOpsCredentials));
        users.ShouldBeSubsetOf([.. rooms, nameof(AzureDevOpsCredentials), "ModelClients", "IdentityPolicy", "GraphMail"]);
        ReferencesOf(Assembly.Load("backlog")).ShouldNotContain(name => name.StartsWith("Azure.", StringComparison.Ordinal));
    }

    /// <summary>Everybody else speaks to the base library: what listens is chosen in one place.</summary>
    [Fact]
    public void OpenTelemetry_is_known_to_its_own_folder_of_the_adapters_only()
    {
        var adapters = Assembly.Load("ServerlessBacklog.Adapters");
        var folder = adapters.GetTypes().Where(t => t.Namespace == typeof(TelemetryServices).Namespace).Select(t => t.Name);

        var users = UsesOf(adapters).Where(u => u.Member.StartsWith("OpenTelemetry.", StringComparison.Ordinal)).Select(u => u.Type).Distinct().ToList();

        users.ShouldContain(nameof(TelemetryServices));
        users.ShouldBeSubsetOf(folder);
        foreach (var room in new[] { "backlog", "ServerlessBacklog.LocalRunner", "ServerlessBacklog.Triage", "ServerlessBacklog.Workflow" })
            ReferencesOf(Assembly.Load(room)).ShouldNotContain(name => name.StartsWith("OpenTelemetry", StringComparison.Ordinal), room);
    }

    [Fact]
    public void Every_step_is_in_the_list() =>
        TriageSteps.All.Select(s => s.GetType())
            .ShouldBe(Triage.GetTypes().Where(t => typeof(ITriageStep).IsAssignableFrom(t) && t is { IsAbstract: false }), ignoreOrder: true);

    [Fact]
    public void Every_step_has_a_name_of_its_own() =>
        TriageSteps.All.Select(s => s.Name).ShouldBeUnique();

    [Fact]
    public void Every_orchestration_and_every_activity_is_in_its_list()
    {
        OrchestrationList.All.Select(o => o.Type).ShouldBe(Implementing(typeof(IOrchestration<,>)), ignoreOrder: true);
        ActivityList.All.Select(a => a.Type).ShouldBe(Implementing(typeof(IActivity<,>)), ignoreOrder: true);

        static IEnumerable<Type> Implementing(Type seam) => Triage.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == seam));
    }

    [Fact]
    public void Every_orchestration_lives_in_a_file_in_which_clocks_and_io_are_banned() =>
        OrchestrationList.All.Select(o => o.Type.Name)
            .ShouldBeSubsetOf(Directory.EnumerateFiles(SourceRoot(), "*.orchestration.cs", SearchOption.AllDirectories).Select(f => Path.GetFileName(f).Split('.')[0]));

    [Fact]
    public void Only_ApplyDecision_writes_to_a_tracker() =>
        UsesWithin(Triage, typeof(ILiveTracker), nameof(ILiveTracker.ApplyAsync)).ShouldBe([nameof(ApplyDecision)]);

    [Fact]
    public void Every_tracker_is_in_the_list_of_trackers() =>
        TrackerList.All.Select(t => t.Type)
            .ShouldBe(typeof(TrackerList).Assembly.GetTypes().Where(t => typeof(ITracker).IsAssignableFrom(t) && t is { IsAbstract: false }), ignoreOrder: true);

    [Fact]
    public void Every_channel_is_in_the_list_of_channels() =>
        Channels.All.ShouldBe(typeof(Channels).Assembly.GetTypes().Where(t => typeof(INotificationChannel).IsAssignableFrom(t) && t is { IsAbstract: false }), ignoreOrder: true);

    /// <summary>Whoever sends without the ledger may send twice.</summary>
    [Fact]
    public void Only_the_ledger_sends_and_the_desk_where_a_person_tests_a_channel() =>
        UsesWithin(Triage, typeof(INotificationChannel), nameof(INotificationChannel.SendAsync)).ShouldBe([nameof(Ledger), nameof(NotificationDesk)], ignoreOrder: true);

    [Fact]
    public void No_source_file_is_longer_than_three_hundred_lines()
    {
        var files = Directory.EnumerateFiles(SourceRoot(), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .ToList();

        files.Count.ShouldBeGreaterThan(40);
        files.Where(f => File.ReadLines(f).Count() > 300).ShouldBeEmpty();
    }

    private static string SourceRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src"));

    private static IEnumerable<string> ReferencesOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && name is not "System" and not "netstandard" and not "mscorlib")
            .Order(StringComparer.Ordinal);

    /// <summary>Which outermost type calls which member of another assembly, read from the method bodies.</summary>
    private static HashSet<(string Type, string Member)> UsesOf(Assembly assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var metadata = image.GetMetadataReader();
        var uses = new HashSet<(string Type, string Member)>();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0))
        {
            var type = OutermostName(metadata, method.GetDeclaringType());
            var body = image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            foreach (var token in Instructions.TokensOf(body).Where(t => t >> 24 == 0x0a))
            {
                if (MemberName(metadata, token & 0xffffff) is { } member)
                    uses.Add((type, member));
            }
        }

        return uses;
    }

    /// <summary>The outermost types of an assembly that call a method of its own.</summary>
    private static List<string> UsesWithin(Assembly assembly, Type type, string method)
    {
        using var image = new PEReader(File.OpenRead(assembly.Location));
        var metadata = image.GetMetadataReader();
        var token = type.GetMethod(method)!.MetadataToken;
        return metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(m => m.RelativeVirtualAddress != 0)
            .Where(m => (image.GetMethodBody(m.RelativeVirtualAddress).GetILBytes() ?? []).AsSpan().IndexOf(BitConverter.GetBytes(token)) >= 0)
            .Select(m => OutermostName(metadata, m.GetDeclaringType()))
            .Distinct().ToList();
    }

    private static string? MemberName(MetadataReader metadata, int row)
    {
        if (row == 0 || row > metadata.GetTableRowCount(TableIndex.MemberRef))
            return null;
        var member = metadata.GetMemberReference(MetadataTokens.MemberReferenceHandle(row));
        if (member.Parent.Kind != HandleKind.TypeReference)
            return null;
        var parent = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(parent.Namespace)}.{metadata.GetString(parent.Name)}.{metadata.GetString(member.Name)}";
    }

    private static string OutermostName(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Name);
    }
}
