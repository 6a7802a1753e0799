using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.Tests.Storage.Azure;
using ServerlessBacklog.Testing.Azurite;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.Adapters.Tests.Setup;

public sealed class StorageCheckTests(AzuriteFixture azurite) : IDisposable
{
    private const string Nowhere =
        "AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:9/a;BlobEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a";

    private readonly string folder = Directory.CreateTempSubdirectory("setup-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_that_can_be_written_to_is_in_order()
    {
        var storage = await LookAsync(("DataDirectory", folder));

        storage.Findings.Select(f => f.State).ShouldBe([SetupState.Ok, SetupState.Ok]);
        storage.Findings[0].What.ShouldContain(folder);
    }

    [Fact]
    public async Task A_storage_account_is_written_to_and_left_as_it_was()
    {
        var place = await AzuritePlace.TakeAsync(azurite);

        var storage = await LookAsync(("Storage:Connection", place.Connection));

        storage.Findings.Select(f => f.State).ShouldBe([SetupState.Ok, SetupState.Ok]);
        storage.Findings.ShouldAllBe(f => !f.What.Contains("AccountKey"));
    }

    [Fact]
    public async Task A_storage_account_that_is_not_there_is_wrong_and_says_its_setting()
    {
        var storage = await LookAsync(("Storage:Connection", Nowhere));

        storage.IsWrong.ShouldBeTrue();
        storage.Findings[^1].Mend!.ShouldContain("Storage:Connection");
    }

    /// <summary>A host does not start half-configured.</summary>
    [Theory]
    [InlineData("Storage:Connection", Nowhere, "cannot be reached")]
    [InlineData("Timers:Sweep", "never", "Timers:Sweep")]
    public async Task A_host_does_not_start_over_what_is_wrong(string setting, string value, string told)
    {
        await using var services = Host([(setting, value)]);

        var refused = await Should.ThrowAsync<UserErrorException>(async () =>
        {
            foreach (var service in services.GetServices<IHostedService>())
                await service.StartAsync(TestContext.Current.CancellationToken);
        });

        refused.Message.ShouldContain(told);
    }

    private static async Task<SetupArea> LookAsync(params (string, string)[] settings)
    {
        await using var services = Host(settings);
        var areas = await services.GetRequiredService<SetupDoctor>().LookAsync(null, TestContext.Current.CancellationToken);
        return areas.Single(a => a.Area == "Storage");
    }

    private static ServiceProvider Host((string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddServerlessBacklogHost(configuration)
            .BuildServiceProvider();
    }
}
