[assembly: AssemblyFixture(typeof(ServerlessBacklog.EndToEnd.Tests.DemoRun))]

namespace ServerlessBacklog.EndToEnd.Tests;

/// <summary>One run of <c>backlog demo --once</c> that several tests look at.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    internal Backlog Program { get; } = new();

    internal Outcome First { get; private set; } = null!;

    public async ValueTask InitializeAsync() => First = await Program.RunAsync("demo", "--once");

    public ValueTask DisposeAsync()
    {
        Program.Dispose();
        return ValueTask.CompletedTask;
    }
}
