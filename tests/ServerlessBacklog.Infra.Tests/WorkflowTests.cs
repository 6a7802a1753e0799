using System.Text.RegularExpressions;

namespace ServerlessBacklog.Infra.Tests;

/// <summary>What a workflow may do, and what may get into it.</summary>
public partial class WorkflowTests
{
    public static TheoryData<string> Files => [.. WorkflowFile.All.Select(f => f.Path)];

    [Fact]
    public void The_workflows_are_these() =>
        Files.Select(f => System.IO.Path.GetFileNameWithoutExtension(f.Data)).ShouldBe(["azure", "build", "deploy", "infra", "release"], ignoreOrder: true);

    /// <summary>A tag can be moved to other code, a commit cannot.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_are_pinned_to_a_commit_and_say_which_version_it_is(string file)
    {
        var lines = Repository.Read(file).Split('\n').Where(l => Uses().IsMatch(l)).ToList();

        lines.Count.ShouldBe(Of(file).Steps.Count(s => s.ContainsKey("uses")));
        lines.ShouldAllBe(l => Pinned().IsMatch(l));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_same_action_is_the_same_commit_everywhere(string file)
    {
        var pins = WorkflowFile.All.SelectMany(f => f.Steps).Select(s => s.GetValueOrDefault("uses") as string).OfType<string>().ToLookup(u => u.Split('@')[0]);

        Of(file).Steps.Select(s => s.GetValueOrDefault("uses") as string).OfType<string>().ShouldAllBe(u => pins[u.Split('@')[0]].Distinct().Count() == 1);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_workflow_has_no_permissions_and_each_job_those_it_needs(string file)
    {
        Of(file).Root["permissions"].ShouldBeAssignableTo<Dictionary<object, object>>()!.ShouldBeEmpty();
        Of(file).Jobs.Where(j => j.Job.GetValueOrDefault("permissions") is not Dictionary<object, object>).ShouldBeEmpty();
    }

    /// <summary>Writing is for the release alone.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void No_job_may_write_more_than_it_must(string file)
    {
        var writes = Of(file).Jobs
            .SelectMany(j => ((Dictionary<object, object>)j.Job["permissions"]).Where(p => (string)p.Value == "write").Select(p => $"{j.Name}:{p.Key}"));

        writes.ShouldBeSubsetOf(["preview:id-token", "deploy:id-token", "publish:id-token", "publish:attestations", "publish:contents"]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_job_ends_in_time(string file) =>
        Of(file).Jobs.Where(j => int.Parse((string)j.Job.GetValueOrDefault("timeout-minutes", "0")) is <= 0 or > 90).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Runs_of_one_branch_do_not_pile_up(string file) => Of(file).Root.ShouldContainKey("concurrency");

    /// <summary>Such a run has the secrets of the repository and the code of a stranger.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void No_stranger_runs_with_our_rights(string file) =>
        ((Dictionary<object, object>)Of(file).Root["on"]).Keys.ShouldNotContain("pull_request_target");

    /// <summary>What a title or a branch is called would be run as a command.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void No_expression_is_pasted_into_a_script(string file) =>
        Of(file).Steps.Select(s => s.GetValueOrDefault("run") as string).OfType<string>().ShouldAllBe(r => !r.Contains("${{", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void The_token_of_a_checkout_does_not_stay(string file)
    {
        var checkouts = Of(file).Steps.Where(s => s.GetValueOrDefault("uses") is string uses && uses.StartsWith("actions/checkout@", StringComparison.Ordinal)).ToList();

        checkouts.ShouldAllBe(s => (string)((Dictionary<object, object>)s["with"])["persist-credentials"] == "false");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_secret_is_stored(string file) => Repository.Read(file).ShouldNotContain("secrets.");

    /// <summary>Each parameter can be set where deployments run, too.</summary>
    [Fact]
    public void Deploying_takes_every_parameter_of_the_template()
    {
        var given = Variable().Matches(Repository.Read("infra/main.parameters.json")).Select(m => m.Groups["name"].Value);

        var environment = (Dictionary<object, object>)WorkflowFile.All.Single(f => f.Path.EndsWith("/deploy.yml", StringComparison.Ordinal)).Jobs.Single().Job["env"];

        given.Except(environment.Keys.Cast<string>()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_script_that_is_called_is_there(string file)
    {
        var scripts = Script().Matches(Repository.Read(file)).Select(m => m.Value).ToList();

        scripts.ShouldAllBe(s => File.Exists(System.IO.Path.Combine(Repository.Root, s)));
    }

    private static WorkflowFile Of(string path) => WorkflowFile.All.Single(f => f.Path == path);

    [GeneratedRegex(@"^\s*(- )?uses:")]
    private static partial Regex Uses();

    [GeneratedRegex(@"uses: [A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\s*$")]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<=run: )\.[a-z]+/[\w./-]+")]
    private static partial Regex Script();
}
