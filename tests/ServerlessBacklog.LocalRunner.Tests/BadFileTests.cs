using Microsoft.Data.Sqlite;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.LocalRunner.Tests;

/// <summary>Files that cannot be used: the message names the file and says what to do.</summary>
public sealed class BadFileTests : IAsyncDisposable
{
    private readonly Engines engines = new(CallsAll.Entry);

    private string Path => engines.File;

    [Fact]
    public void A_directory_in_place_of_the_file()
    {
        Directory.CreateDirectory(Path);

        Opening().Message.ShouldBe(
            $"'{Path}' cannot be opened: it is a directory, or its directory is missing or may not be written. Choose another file.");
    }

    [Fact]
    public void A_directory_that_is_missing() =>
        Should.Throw<LocalRunnerException>(() => LocalRunner.Open(engines.Options() with { Path = System.IO.Path.Combine(Path, "runs.db") }))
            .Message.ShouldContain("its directory is missing");

    [Fact]
    public void A_file_of_something_else_is_left_as_it_is()
    {
        File.WriteAllText(Path, string.Concat(Enumerable.Repeat("this is no database. ", 500)));

        Opening().Message.ShouldBe($"'{Path}' is not a database. Move it away, or choose another file.");

        File.ReadAllText(Path).ShouldStartWith("this is no database. ");
    }

    [Fact]
    public void A_database_of_something_else_is_left_as_it_is()
    {
        Execute("CREATE TABLE things (a)");

        Opening().Message.ShouldBe($"'{Path}' is a database of something else. Choose another file.");

        Execute("SELECT a FROM things");
    }

    [Fact]
    public void A_file_of_a_newer_version()
    {
        engines.Open(engines.Options());
        Execute("PRAGMA user_version = 99");

        Opening().Message.ShouldBe(
            $"'{Path}' was written by a newer version of this program (schema 99; this one knows 1). Update the program, or choose another file.");
    }

    [Fact]
    public async Task A_damaged_file()
    {
        await using (var runner = engines.Open(engines.Options()))
        {
            for (var i = 0; i < 200; i++)
                await runner.StartAsync(CallsAll.Ref, $"item{i}", [new string('x', 500)], Engines.None);
        }

        var bytes = File.ReadAllBytes(Path);
        Array.Fill(bytes, (byte)0xA5, 2 * 4096, bytes.Length - (2 * 4096));
        File.WriteAllBytes(Path, bytes);

        var fault = await Should.ThrowAsync<LocalRunnerException>(async () =>
        {
            var runner = engines.Open(engines.Options());
            await runner.ListAsync(new InstanceFilter(), 1000);
        });

        fault.Message.ShouldStartWith($"'{Path}' is damaged. Move it away");
    }

    [Fact]
    public void A_file_that_is_missing_when_one_only_looks() =>
        Should.Throw<LocalRunnerException>(() => LocalRunner.Open(engines.Options() with { ReadOnly = true }))
            .Message.ShouldBe($"There is no file '{Path}'. Choose another one, or start the program that runs work.");

    [Fact]
    public void An_empty_file_when_one_only_looks()
    {
        File.WriteAllText(Path, "");

        Should.Throw<LocalRunnerException>(() => LocalRunner.Open(engines.Options() with { ReadOnly = true }))
            .Message.ShouldContain("nothing has run in it yet");
    }

    [Fact]
    public async Task A_file_that_may_not_be_written()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "A privileged account may write read-only files.");
        await engines.Open(engines.Options()).DisposeAsync();
        File.SetAttributes(Path, FileAttributes.ReadOnly);

        var fault = await Should.ThrowAsync<LocalRunnerException>(async () =>
            await engines.Open(engines.Options()).StartAsync(CallsAll.Ref, "one", [], Engines.None));

        fault.Message.ShouldContain("cannot be written");
        File.SetAttributes(Path, FileAttributes.Normal);
    }

    [Fact]
    public void A_directory_that_may_not_be_written()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "A privileged account may write anywhere.");
        if (OperatingSystem.IsWindows())
            return;
        var mode = File.GetUnixFileMode(engines.Folder);
        File.SetUnixFileMode(engines.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var fault = Opening();

        File.SetUnixFileMode(engines.Folder, mode);
        fault.Message.ShouldContain("may not be written. Choose another file.");
    }

    [Fact]
    public async Task A_file_that_another_program_holds_is_reported_to_the_caller_and_the_runner_goes_on_when_it_is_free()
    {
        var runner = await engines.StartAsync(with: o => o with { LockWait = TimeSpan.FromMilliseconds(50) });
        using var other = new SqliteConnection($"Data Source={Path};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");

        var fault = await Should.ThrowAsync<LocalRunnerException>(() => runner.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None));

        fault.Message.ShouldBe($"'{Path}' is in use by another program that does not let go. Wait for it or end it, then try again.");
        (await runner.FindAsync("one", Engines.None)).ShouldBeNull();
        Execute(other, "ROLLBACK");
        await runner.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None);
        (await runner.WaitAsync("one", Engines.Patience)).Status.ShouldBe(InstanceStatus.Completed);
    }

    [Fact]
    public async Task A_result_that_comes_while_another_program_holds_the_file_is_not_lost()
    {
        var gate = new Gate();
        var runner = await engines.StartAsync(gate, o => o with { LockWait = TimeSpan.FromMilliseconds(50) });
        await runner.StartAsync(CallsAll.Ref, "one", ["x"], Engines.None);
        await Engines.UntilAsync(() => Task.FromResult(gate.Begun.Count == 1));
        using var other = new SqliteConnection($"Data Source={Path};Pooling=False");
        other.Open();
        Execute(other, "BEGIN IMMEDIATE");

        gate.Open();
        await Should.ThrowAsync<LocalRunnerException>(() => runner.StartAsync(CallsAll.Ref, "two", ["y"], Engines.None));
        Execute(other, "ROLLBACK");

        (await runner.WaitAsync("one", Engines.Patience)).OutputAs<string[]>().ShouldBe(["x"]);
        gate.Begun.ShouldBe(["x"]);
    }

    public ValueTask DisposeAsync() => engines.DisposeAsync();

    private LocalRunnerException Opening() => Should.Throw<LocalRunnerException>(() => LocalRunner.Open(engines.Options()));

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
