using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary><c>backlog status</c> over everything that a data directory may hold.</summary>
public sealed class StatusTests : IDisposable
{
    /// <summary>Nobody listens at port 1. The key is that of no account.</summary>
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1/nobody;BlobEndpoint=http://127.0.0.1:1/nobody;";

    private readonly Backlog program = new();
    private readonly WorkflowFile workflow;

    public StatusTests() => workflow = new WorkflowFile(program.PathOf(".backlog"));

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Where_nothing_is_yet_the_status_says_how_to_begin_and_leaves_nothing_behind()
    {
        var ended = await program.RunAsync("status");

        ended.ShouldEndWith(0).Output.ShouldContain("There is no backlog here yet.");
        File.Exists(workflow.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task A_triaged_backlog_is_shown_with_its_sweep_and_json_keeps_its_names()
    {
        await TriageAsync();

        var shown = await program.RunAsync("status");
        var json = await program.RunAsync("status", "--json");

        shown.ShouldEndWith(0).Output.ShouldContain("SweepBacklog: 1 completed");
        using var parsed = JsonDocument.Parse(json.ShouldEndWith(0).Output);
        parsed.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["backlogs", "instances", "under_way", "stuck", "alarms", "deliveries", "faults"], ignoreOrder: true);
        parsed.RootElement.GetProperty("backlogs")[0].GetProperty("name").GetString().ShouldBe("a");
        parsed.RootElement.GetProperty("instances")[0].GetProperty("status").GetString().ShouldBe("completed");
        parsed.RootElement.GetProperty("faults").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_instance_is_shown_with_its_reason_and_goes_on_when_told()
    {
        await workflow.LeaveFailedAsync("one thing");

        var shown = await program.RunAsync("status");
        var told = await program.RunAsync("status", "--retry", "one thing");
        var after = await program.RunAsync("status");

        shown.ShouldEndWith(0).Output.ShouldContain("Failed  one thing  The lamp [red]is broken.");
        shown.Output.ShouldContain("backlog status --retry 'one thing'");
        told.ShouldEndWith(0).Output.ShouldContain("one thing goes on.");
        after.ShouldEndWith(0).Output.ShouldContain("waits for its turn; a program that runs");
        after.Output.ShouldNotContain("--retry");
    }

    [Fact]
    public async Task An_instance_of_an_unknown_program_is_held_shown_and_can_be_ended()
    {
        await workflow.LeaveStartedAsync("strange");
        await TriageAsync();

        var shown = await program.RunAsync("status");
        var ended = await program.RunAsync("status", "--end", "strange");
        var again = await program.RunAsync("status", "--end", "strange");

        shown.ShouldEndWith(0).Output.ReplaceLineEndings(" ").ShouldContain("Held  strange  This program has no orchestration 'Fails'.");
        ended.ShouldEndWith(0).Output.ShouldContain("strange is ended.");
        again.ShouldEndWith(1).Errors.ShouldContain("There is no instance 'strange' here, or it is not under way.");
    }

    [Fact]
    public async Task An_activity_that_is_tried_again_is_shown_with_its_error_and_the_time()
    {
        await workflow.LeaveRetryingAsync("busy");

        var shown = await program.RunAsync("status", "--json");

        using var parsed = JsonDocument.Parse(shown.ShouldEndWith(0).Output);
        var call = parsed.RootElement.GetProperty("under_way")[0].GetProperty("calls")[0];
        call.GetProperty("last_error").GetString().ShouldBe("The line is [red]dead.");
        call.GetProperty("attempt").GetInt32().ShouldBe(2);
        var text = await program.RunAsync("status");
        var words = string.Join(' ', text.ShouldEndWith(0).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain("FailsForNow failed (The line is [red]dead.); attempt 2 at");
    }

    [Fact]
    public async Task An_instance_that_is_not_there_is_neither_retried_nor_ended()
    {
        (await program.RunAsync("status", "--retry", "nobody")).ShouldEndWith(1).Errors.ShouldContain("There is no instance 'nobody' here");
        (await program.RunAsync("status", "--retry", "a", "--end", "b")).ShouldEndWith(2).Errors.ShouldContain("do not go together");
    }

    [Theory]
    [InlineData("This is no database, but a letter to the editor.", "is not a database. Move it away")]
    [InlineData("", "is empty: nothing has run in it yet")]
    public async Task A_workflow_file_that_is_no_database_is_told_and_the_backlogs_are_shown(string content, string part)
    {
        await TriageAsync();
        foreach (var file in Directory.GetFiles(program.PathOf(".backlog"), "workflow.db*"))
            File.Delete(file);
        File.WriteAllText(workflow.Path, content);

        var shown = await program.RunAsync("status");

        var words = string.Join(' ', shown.ShouldEndWith(1).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain(part);
        words.ShouldContain("examined as of");
    }

    [Fact]
    public async Task A_triage_over_a_workflow_file_that_is_no_database_says_so_and_ends_with_1()
    {
        program.Write("a.jsonl", Export.Lines(3));
        Directory.CreateDirectory(program.PathOf(".backlog"));
        File.WriteAllText(workflow.Path, "This is no database, but a letter to the editor.");

        (await program.RunAsync("triage", "a.jsonl")).ShouldEndWith(1).Errors.ShouldContain("is not a database. Move it away");
        File.ReadAllText(workflow.Path).ShouldStartWith("This is no database");
    }

    [Fact]
    public async Task Another_programs_database_is_not_touched()
    {
        program.Write("a.jsonl", Export.Lines(3));
        Directory.CreateDirectory(program.PathOf(".backlog"));
        using (var other = Open(workflow.Path))
            Run(other, "CREATE TABLE letters (text TEXT)");

        var triaged = await program.RunAsync("triage", "a.jsonl");
        var shown = await program.RunAsync("status");

        triaged.ShouldEndWith(1).Errors.ShouldContain("is a database of something else. Choose another file");
        shown.ShouldEndWith(1).Output.ShouldContain("is a database of something else");
    }

    [Fact]
    public async Task While_another_program_writes_the_status_is_shown_and_a_change_waits_and_says_so()
    {
        await TriageAsync();
        using var other = Open(workflow.Path);
        Run(other, "BEGIN IMMEDIATE");

        var shown = await program.RunAsync("status");
        var triaged = await program.RunAsync("triage", "a.jsonl");

        shown.ShouldEndWith(0).Output.ShouldContain("SweepBacklog: 1 completed");
        triaged.ShouldEndWith(1).Errors.ShouldContain("is in use by another program that does not let go. Wait for it or end it");
        Run(other, "ROLLBACK");
        (await program.RunAsync("triage", "a.jsonl")).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_workflow_file_that_is_locked_is_told_and_the_backlogs_are_shown()
    {
        await TriageAsync();
        using var other = Open(workflow.Path);
        Run(other, "PRAGMA locking_mode = EXCLUSIVE");
        Run(other, "BEGIN IMMEDIATE");
        Run(other, "UPDATE instances SET key = key");

        var shown = await program.RunAsync("status");

        var words = string.Join(' ', shown.ShouldEndWith(1).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain("is in use by another program that does not let go");
        words.ShouldContain("examined as of");
    }

    [Fact]
    public async Task A_data_directory_that_may_only_be_read_is_shown_or_said_why_not()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Nothing is forbidden to this account.");
            return;
        }

        await TriageAsync();
        File.SetUnixFileMode(program.PathOf(".backlog"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var shown = await program.RunAsync("status");
        var triaged = await program.RunAsync("triage", "a.jsonl");

        File.SetUnixFileMode(program.PathOf(".backlog"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        shown.ExitCode.ShouldBeOneOf(0, 1);
        (shown.Output + shown.Errors).ShouldNotContain("   at ");
        triaged.ShouldEndWith(1).Errors.ShouldStartWith("backlog: ");
    }

    [Fact]
    public async Task A_storage_that_cannot_be_reached_is_told_and_the_instances_are_shown()
    {
        await workflow.LeaveFailedAsync("one");

        var shown = await program.RunAsync("status", "--storage", Nowhere);

        var words = string.Join(' ', shown.ShouldEndWith(1).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain("The storage at http://127.0.0.1:1/nobody cannot be reached");
        words.ShouldContain("Failed one The lamp");
        words.ShouldNotContain("AAAA");
    }

    private async Task TriageAsync()
    {
        program.Write("a.jsonl", Export.Lines(3));
        (await program.RunAsync("triage", "a.jsonl")).ShouldEndWith(0);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
