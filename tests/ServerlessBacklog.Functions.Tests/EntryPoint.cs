using Xunit.Runner.InProc.SystemConsole;

namespace ServerlessBacklog.Functions.Tests;

internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => ConsoleRunner.Run(args);
}
