using System.Reflection;

namespace ServerlessBacklog.Functions.Tests;

/// <summary>Files of the repository that a host reads.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Root").Value!;

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static void Write(string file, string text) => File.WriteAllText(Path.Combine(Root, file), text);

    public static IEnumerable<string> ShellSources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", "ServerlessBacklog.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
