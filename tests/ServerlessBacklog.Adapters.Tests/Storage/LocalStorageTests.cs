using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class LocalStorageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Fact]
    public void Opening_creates_the_directory_with_its_parents()
    {
        var data = directory.File("new/.backlog");

        LocalStorage.Open(data).Dispose();

        File.Exists(Path.Combine(data, "backlog.db")).ShouldBeTrue();
    }

    [Fact]
    public void A_directory_that_cannot_be_created_is_named_with_the_way_out()
    {
        File.WriteAllText(directory.File("taken"), "");

        var fault = Should.Throw<UserErrorException>(() => LocalStorage.Open(directory.File("taken/data")));

        fault.Message.ShouldStartWith($"The data directory '{directory.File("taken/data")}' cannot be created: ");
        fault.Message.ShouldEndWith("Choose another one with --data-dir.");
    }

    public void Dispose() => directory.Dispose();
}
