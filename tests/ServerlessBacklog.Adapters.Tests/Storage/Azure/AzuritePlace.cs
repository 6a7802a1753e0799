using ServerlessBacklog.Adapters.Storage.Azure;
using ServerlessBacklog.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace ServerlessBacklog.Adapters.Tests.Storage.Azure;

/// <summary>A place of its own in the shared Azurite for one test.</summary>
public sealed class AzuritePlace
{
    private AzuritePlace(string connection) => Connection = connection;

    /// <summary>Text that no other test has: letters and digits, a letter first.</summary>
    public string Name { get; } = $"t{Guid.NewGuid():n}"[..20];

    public string Connection { get; }

    /// <summary>Opens the account as a new process would.</summary>
    public AzureConnection Open() => AzureConnection.Parse(Connection);

    public static async Task<AzuritePlace> TakeAsync(AzuriteFixture azurite)
    {
        if (AzuriteFixture.WhySkipped is { } why)
            Assert.Skip(why);
        return new AzuritePlace(await azurite.ConnectionAsync());
    }
}
