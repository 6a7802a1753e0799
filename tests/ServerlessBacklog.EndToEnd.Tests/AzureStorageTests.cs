using System.Diagnostics;
using System.Text.Json;
using ServerlessBacklog.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>The program over Azure Storage, played by Azurite.</summary>
public sealed class AzureStorageTests(AzuriteFixture azurite) : IDisposable
{
    private readonly Backlog program = new();

    /// <summary>Tests share one account.</summary>
    private readonly string name = $"b{Guid.NewGuid():n}";

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task Triage_finds_there_what_it_finds_in_the_embedded_store_and_examines_nothing_twice()
    {
        var connection = await ConnectionAsync();
        program.Write("a.jsonl", Export.Lines(300));

        var embedded = await TriageAsync();
        var first = await TriageAsync("--storage", connection);
        var second = await TriageAsync("--storage", connection);

        foreach (var part in new[] { "items", "open", "counts", "findings", "decisions" })
            first.GetProperty(part).GetRawText().ShouldBe(embedded.GetProperty(part).GetRawText(), part);
        first.GetProperty("new").GetInt32().ShouldBe(300);
        second.GetProperty("items_examined").GetInt32().ShouldBe(0);
        second.GetProperty("findings").GetRawText().ShouldBe(first.GetProperty("findings").GetRawText());
    }

    [Fact]
    public async Task The_connection_may_come_from_the_environment_and_then_the_folder_holds_no_backlog()
    {
        program.Environment["Storage__Connection"] = await ConnectionAsync();
        program.Write("a.jsonl", Export.Lines(5));

        await TriageAsync();
        var items = await program.RunAsync("items", "--backlog", name, "--json");

        JsonDocument.Parse(items.ShouldEndWith(0).Output).RootElement.GetArrayLength().ShouldBe(5);
        Directory.EnumerateFileSystemEntries(program.PathOf(".backlog")).Select(Path.GetFileName).ShouldAllBe(name => name!.StartsWith("workflow.db"));
    }

    [Fact]
    public async Task A_storage_that_is_down_ends_the_run_within_seconds()
    {
        program.Write("a.jsonl", Export.Line(1));
        var watch = Stopwatch.StartNew();

        var ended = await program.RunAsync("triage", "a.jsonl", "--storage", "AccountName=a;AccountKey=aHVzaA==;TableEndpoint=http://127.0.0.1:9/a;BlobEndpoint=http://127.0.0.1:9/a");

        ended.ShouldEndWith(1).Errors.ShouldStartWith("backlog: The storage at http://127.0.0.1:9/a cannot be reached: Connection refused. Check the address");
        ended.Errors.ShouldNotContain("aHVzaA");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_connection_of_no_known_form_is_a_wrong_call()
    {
        var ended = await program.RunAsync("items", "--storage", "AccountName=a;AccountKey=hush!");

        ended.ShouldEndWith(2).Errors.ShouldContain("The storage connection string cannot be read");
        ended.Errors.ShouldNotContain("hush");
    }

    private async Task<string> ConnectionAsync()
    {
        if (AzuriteFixture.WhySkipped is { } why)
            Assert.Skip(why);
        return await azurite.ConnectionAsync();
    }

    private async Task<JsonElement> TriageAsync(params string[] more) =>
        JsonDocument.Parse((await program.RunAsync(["triage", "a.jsonl", "--backlog", name, "--json", .. more])).ShouldEndWith(0).Output).RootElement;
}
