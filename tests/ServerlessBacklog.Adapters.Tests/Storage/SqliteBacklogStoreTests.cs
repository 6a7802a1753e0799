using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class SqliteBacklogStoreTests : BacklogStoreContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly List<LocalStorage> opened = [];

    public SqliteBacklogStoreTests() => Reopen();

    protected override IBacklogStore Store => opened[^1].Backlogs;

    protected override IBacklogStore Reopen()
    {
        opened.Add(LocalStorage.Open(directory.Path, Time));
        return Store;
    }

    public void Dispose()
    {
        opened.ForEach(o => o.Dispose());
        directory.Dispose();
    }
}
