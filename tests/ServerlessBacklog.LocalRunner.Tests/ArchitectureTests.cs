namespace ServerlessBacklog.LocalRunner.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_engine_knows_the_seam_sqlite_and_abstractions_only() =>
        typeof(LocalRunner).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "Microsoft.Data.Sqlite", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
                "ServerlessBacklog.Workflow",
            ]);
}
