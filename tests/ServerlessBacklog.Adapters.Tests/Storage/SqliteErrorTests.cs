using Microsoft.Data.Sqlite;
using ServerlessBacklog.Adapters.Storage.Sqlite;
using ServerlessBacklog.Adapters.Storage.Tables;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class SqliteErrorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string File => directory.File("rows.db");

    [Fact]
    public void A_directory_in_place_of_the_file_is_named()
    {
        Directory.CreateDirectory(File);

        Should.Throw<UserErrorException>(() => SqliteTables.Open(File)).Message.ShouldBe(
            $"'{File}' cannot be opened: it is a directory, or its directory is missing or may not be written. Choose another --data-dir.");
    }

    [Fact]
    public void A_file_of_something_else_is_refused_and_left_as_it_is()
    {
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat("this is no database. ", 500)));

        Should.Throw<UserErrorException>(() => SqliteTables.Open(File)).Message.ShouldContain("is not a data file of this program");

        System.IO.File.ReadAllText(File).ShouldStartWith("this is no database. ");
    }

    [Fact]
    public async Task A_damaged_file_is_said_to_be_damaged()
    {
        using (var tables = SqliteTables.Open(File))
            await tables.Open("things").UpsertAllAsync(Rows(200), TestContext.Current.CancellationToken);
        OverwriteAfterFirstPage();

        var fault = await Should.ThrowAsync<UserErrorException>(async () =>
        {
            using var tables = SqliteTables.Open(File);
            await tables.Open("things").RangeAsync("p", RowKeyRange.All, null, default).CountAsync();
        });

        fault.Message.ShouldContain("is damaged. Move it away");
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_full_and_what_was_there_stays_readable()
    {
        using var tables = SqliteTables.Open(File, new SqliteOptions { MaxPages = 40 });
        var table = tables.Open("things");
        await table.UpsertAsync(Rows(1).Single(), TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<UserErrorException>(() => table.UpsertAllAsync(Rows(200), default));

        fault.Message.ShouldContain("the disk is full");
        (await table.FindAsync("p", "r000", [], TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_writer_that_does_not_let_go_is_reported_after_the_wait()
    {
        using var tables = SqliteTables.Open(File, new SqliteOptions { LockWait = TimeSpan.FromMilliseconds(50) });
        var table = tables.Open("things");
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN EXCLUSIVE";
        hold.ExecuteNonQuery();

        var fault = await Should.ThrowAsync<UserErrorException>(() => table.UpsertAsync(Rows(1).Single(), default));

        fault.Message.ShouldContain("is in use by another program");
        hold.CommandText = "ROLLBACK";
        hold.ExecuteNonQuery();
        (await table.UpsertAsync(Rows(1).Single(), TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_read_only_file_says_that_it_cannot_be_written()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "A privileged account may write read-only files.");
        using (var tables = SqliteTables.Open(File))
            tables.Open("things");
        System.IO.File.SetAttributes(File, FileAttributes.ReadOnly);

        var fault = await Should.ThrowAsync<UserErrorException>(async () =>
        {
            using var tables = SqliteTables.Open(File);
            await tables.Open("things").UpsertAsync(Rows(1).Single(), default);
        });

        fault.Message.ShouldContain("cannot be written. Give this account write permission");
        System.IO.File.SetAttributes(File, FileAttributes.Normal);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_not_touched()
    {
        using (var newer = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            newer.Open();
            using var command = newer.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Should.Throw<UserErrorException>(() => SqliteTables.Open(File)).Message.ShouldBe(
            $"'{File}' was written by a newer version of this program (schema 99; this one knows 1). Update the program, or choose another --data-dir.");
    }

    public void Dispose() => directory.Dispose();

    private static IEnumerable<TableRow> Rows(int count) => Enumerable.Range(0, count)
        .Select(i => new TableRow("p", $"r{i:000}", new Dictionary<string, object> { ["Text"] = new string('x', 3000) }));

    private void OverwriteAfterFirstPage()
    {
        var bytes = System.IO.File.ReadAllBytes(File);
        Array.Fill(bytes, (byte)0xA5, 2 * 4096, bytes.Length - (2 * 4096));
        System.IO.File.WriteAllBytes(File, bytes);
    }
}
