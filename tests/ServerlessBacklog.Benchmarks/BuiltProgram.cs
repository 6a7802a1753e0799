namespace ServerlessBacklog.Benchmarks;

internal static class BuiltProgram
{
    /// <summary>The program as built beside this one, in the same configuration.</summary>
    public static string Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "src", "ServerlessBacklog.LocalHost", "bin", output.Parent!.Name, output.Name, "backlog");
            foreach (var program in new[] { built, $"{built}.exe" })
            {
                if (File.Exists(program))
                    return program;
            }
        }

        throw new FileNotFoundException("The program 'backlog' is not built in this configuration. Run: dotnet build src/ServerlessBacklog.LocalHost -c Release");
    }
}
